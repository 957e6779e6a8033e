import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { violates } from '#src/http/database-errors.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom, leaveNotice } from '#src/http/request.ts';
import { formOf, renderEdit } from '#src/institutions/edit-pages.ts';
import type { SeatInput } from '#src/institutions/form.ts';
import { getEditable, insertSeat, type Editable } from '#src/institutions/repository.ts';

export async function addSeat(req: Request, res: Response, form: Form<SeatInput>) {
  const id = idFrom(req);
  const institution = await asActor(actorOf(req), (tx) => getEditable(tx, id));
  const { input } = form;
  const problem = input && problemOf(input, institution);
  const checked = problem ? withError(form, problem.field, problem.sentence) : form;
  const seat = checked.input;
  if (!seat)
    return renderEdit(res.status(422), {
      form: formOf(institution),
      seatForm: checked,
      institution,
    });

  try {
    const location = await once(req, form, async (tx) => {
      await insertSeat(tx, await getEditable(tx, id), seat);
      return `/lembaga/${id}/ubah`;
    });
    leaveNotice(req, `Kursi ${seat.label} ditambahkan.`);
    res.redirect(303, location);
  } catch (error) {
    if (!violates(error, 'seats_institution_id_position_type_id_number')) throw error;
    const busy = withError(form, 'label', 'Kursi lain baru saja ditambahkan. Kirim sekali lagi');
    renderEdit(res.status(422), { form: formOf(institution), seatForm: busy, institution });
  }
}

function problemOf({ positionTypeId, label }: SeatInput, institution: Editable) {
  const position = institution.institutionType.positionTypes.find(
    ({ id }) => id === positionTypeId,
  );
  if (!position || position.isChair)
    return { field: 'positionTypeId', sentence: 'Pilih jabatan dari daftar' };
  const taken = institution.seats.some((seat) => seat.label?.toLowerCase() === label.toLowerCase());
  return taken ? { field: 'label', sentence: `Kursi ${label} sudah ada di lembaga ini` } : null;
}
