import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { currentAccount } from '#src/http/request.ts';
import { openLineNik, sealLineNik } from '#src/people/nik.ts';
import { type Change, type ChangeLine, getChange } from '#src/roster-changes/change.ts';
import { getOwnChange } from '#src/roster-changes/draft.ts';
import type { versionForm } from '#src/roster-changes/form.ts';
import { insertChange, touch, updateLine } from '#src/roster-changes/repository.ts';
import { getInstitution, listSeatsOn } from '#src/roster-changes/seats.ts';
import { nextStep } from '#src/roster-changes/steps.ts';

/** A proposal that the roster has overtaken is made again from the present roster, with the same people. */
export async function copyChange(
  req: Request,
  res: Response,
  form: Form<z.output<typeof versionForm>>,
) {
  const maker = currentAccount(req);
  const location = await once(req, form, async (tx) => {
    const old = await getOwnChange(tx, req);
    const institution = await getInstitution(tx, old.institution.id);
    const seats = await listSeatsOn(tx, institution.id);
    const lines = old.lines.map(({ seatId, incoming, outgoing }) => {
      const seat = seats.find(({ id }) => id === seatId);
      const leaving = outgoing ? (seat?.holder ?? seat?.acting ?? null) : null;
      return {
        seatId,
        ...(leaving ? { outgoingTenureId: leaving.tenureId } : {}),
        ...(incoming ? { incomingPersonId: incoming.id } : {}),
      };
    });
    const id = await insertChange(tx, {
      institution,
      kind: old.kind,
      subject: old.subject,
      maker,
      lines,
    });
    const copy = await getChange(tx, id);
    for (const line of copy.lines) await copyAnswers(tx, copy, line, old);
    await touch(tx, id, {
      reason: old.reason,
      minutesNumber: old.minutesNumber,
      minutesOn: old.minutesOn && format.prismaDate(old.minutesOn),
      effectiveOn: old.effectiveOn && format.prismaDate(old.effectiveOn),
      termEndsOn: old.termEndsOn && format.prismaDate(old.termEndsOn),
    });
    return nextStep(await getChange(tx, id));
  });
  res.redirect(303, location);
}

async function copyAnswers(tx: Transaction, copy: Change, line: ChangeLine, old: Change) {
  const source = old.lines.find(({ seatId }) => seatId === line.seatId);
  if (!source) return;
  const nik = source.candidateNikSealed ? openLineNik(source.candidateNikSealed, source.id) : null;
  await updateLine(tx, copy, line, {
    endReason: source.endReason,
    candidate: source.candidate,
    candidatePersonId: source.candidatePersonId,
    nik:
      nik === null || !source.candidateNikIndex
        ? null
        : { sealed: sealLineNik(nik, line.id), index: new Uint8Array(source.candidateNikIndex) },
  });
}
