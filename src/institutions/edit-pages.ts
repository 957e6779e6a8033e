import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom, leaveNotice } from '#src/http/request.ts';
import { renderConflict } from '#src/institutions/conflict.ts';
import type { InstitutionEdit } from '#src/institutions/form.ts';
import { getEditable, updateInstitution, type Editable } from '#src/institutions/repository.ts';
import { nameOf } from '#src/institutions/rules.ts';
import { parentOf, refusedByDatabase } from '#src/institutions/saving.ts';

export async function editInstitution(req: Request, res: Response) {
  const institution = await asActor(actorOf(req), (tx) => getEditable(tx, idFrom(req)));
  renderEdit(res, { form: formOf(institution), institution });
}

export async function saveInstitution(req: Request, res: Response, form: Form<InstitutionEdit>) {
  const id = idFrom(req);
  const institution = await asActor(actorOf(req), (tx) => getEditable(tx, id));
  const type = institution.institutionType;
  const { input } = form;
  const named = input && nameOf(type, input);
  if (!input || !named) return renderEdit(res.status(422), { form, institution });
  if ('problem' in named)
    return renderEdit(res.status(422), {
      form: withError(form, named.field, named.problem),
      institution,
    });

  try {
    const location = await once(req, form, async (tx) => {
      const parentId = await parentOf(tx, type, {
        kelurahanId: institution.kelurahanId,
        rwNumber: named.rwNumber,
      });
      const saved = await updateInstitution(
        tx,
        { id, version: input.version },
        { ...input, ...named, parentId },
      );
      if (!saved) throw new ChangedMeanwhile();
      return `/lembaga/${id}`;
    });
    leaveNotice(req, `Profil ${named.name} tersimpan.`);
    res.redirect(303, location);
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return renderConflict(req, res, { form, input });
    const refused = refusedByDatabase(error, form, type, named.rwNumber);
    if (!refused) throw error;
    renderEdit(res.status(422), { form: refused, institution });
  }
}

class ChangedMeanwhile extends Error {}

/** The edit page has a second form for one more seat. */
export function renderEdit(
  res: Response,
  shown: { form: Form<unknown>; seatForm?: Form<unknown>; institution: Editable },
) {
  const { institution } = shown;
  res.renderPage('institutions/edit', {
    ...shown,
    seatForm: shown.seatForm ?? blankForm(),
    type: institution.institutionType,
    seats: institution.seats.map((seat) => ({
      id: seat.id,
      name:
        seat.label ??
        (seat.number > 1 ? `${seat.positionType.name} ${seat.number}` : seat.positionType.name),
    })),
    positions: institution.institutionType.positionTypes
      .filter(({ isChair }) => !isChair)
      .map(({ id, name }) => ({ value: String(id), label: name })),
  });
}

export const formOf = (institution: Editable): Form<never> =>
  blankForm({
    version: institution.version,
    name: institution.name,
    rtNumber: institution.rtNumber,
    rwNumber: institution.rwNumber,
    address: institution.address,
    phone: institution.phone && format.phone(institution.phone),
    email: institution.email,
    foundedOn: institution.foundedOn,
    foundingDecree: institution.foundingDecree,
    registrationNumber: institution.registrationNumber,
    scope: institution.scope,
  });
