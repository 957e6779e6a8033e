import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { addYears, today } from '#src/format.ts';
import { HttpError } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { type Candidate, chosenOfficers, type Choice } from '#src/invitations/candidates.ts';
import { inviteOfficers } from '#src/invitations/repository.ts';
import { additionInWords, overCapacity } from '#src/invitations/rules.ts';
import { planned } from '#src/trainings/edit-pages.ts';
import type { StoredTraining } from '#src/trainings/repository.ts';

/** The training while its organiser may still put somebody on its list. */
export async function composed(tx: Transaction, req: Request): Promise<StoredTraining> {
  const training = await planned(tx, req);
  if (training.invitedAt) throw new HttpError(409, 'the list is frozen');
  return training;
}

/** What a page reads while the list is composed. */
export const whileComposed = <Model extends object>(
  req: Request,
  read: (tx: Transaction, training: StoredTraining) => Promise<Model>,
) =>
  asActor(actorOf(req), async (tx) => {
    const training = await composed(tx, req);
    return { training, ...(await read(tx, training)) };
  });

export type Wanted = Omit<Choice, 'trainingId' | 'day' | 'untrainedSince'> & {
  untrained?: boolean;
};

/** Twelve months without a session attended count as untrained. */
export const candidatesFor = (
  tx: Transaction,
  training: { id: number },
  { untrained, ...choice }: Wanted,
): Promise<Candidate[]> =>
  chosenOfficers(tx, {
    ...choice,
    trainingId: training.id,
    day: today(),
    untrainedSince: untrained ? addYears(today(), -1) : null,
  });

/** Puts the chosen on the list and goes back to it. */
export async function invite(req: Request, res: Response, form: Form<unknown>, choice: Wanted) {
  const location = await once(req, form, async (tx) => {
    const training = await composed(tx, req);
    const chosen = await candidatesFor(tx, training, choice);
    const place = { trainingId: training.id, createdBy: currentAccount(req).id };
    leaveNotice(req, additionInWords(await inviteOfficers(tx, place, chosen), chosen.length));
    return `/pelatihan/${training.id}/undangan`;
  });
  res.redirect(303, location);
}

/** What the preview of a choice counts. */
export function countsOf(
  chosen: readonly Candidate[],
  { invited, capacity }: { invited: number; capacity: number | null },
) {
  const fresh = chosen.filter(({ isListed }) => !isListed);
  return {
    chosen: chosen.length,
    fresh: fresh.length,
    listed: chosen.length - fresh.length,
    withoutPhone: fresh.filter(({ phone }) => phone === null).length,
    after: invited + fresh.length,
    over: overCapacity(capacity, invited + fresh.length),
  };
}

export const invitedSoFar = (tx: Transaction, training: { id: number }) =>
  tx.trainingInvitation.count({ where: { trainingId: training.id } });
