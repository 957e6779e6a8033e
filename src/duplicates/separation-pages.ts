import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { personName } from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import {
  findMergeOf,
  getWholePerson,
  listObstacles,
  separatePeople,
} from '#src/duplicates/merges.ts';
import { obstacleInWords } from '#src/duplicates/rules.ts';

/** Taking a merge back; the address is that of the person who was merged into another. */

export async function separationPage(req: Request, res: Response) {
  await showSeparation(req, res);
}

export async function separate(req: Request, res: Response, form: Form<unknown>) {
  try {
    const location = await once(req, form, async (tx) => {
      await getMerged(tx, req);
      await separatePeople(tx, idFrom(req), currentAccount(req).displayName);
      return `/orang/${idFrom(req)}`;
    });
    leaveNotice(req, 'Penggabungan dibatalkan. Kedua data kembali seperti semula.');
    res.redirect(303, location);
  } catch (error) {
    if (!violates(error, 'person_merges_can_be_undone')) throw error;
    await showSeparation(req, res.status(409));
  }
}

async function showSeparation(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) => {
    const { merge, absorbed } = await getMerged(tx, req);
    return {
      merge,
      absorbed,
      survivor: await getWholePerson(tx, merge.survivorId),
      obstacles: await listObstacles(tx, absorbed.id),
    };
  });
  res.renderPage('duplicates/separate', {
    merge: model.merge,
    absorbed: { id: model.absorbed.id, name: personName(model.absorbed) },
    survivor: { id: model.survivor.id, name: personName(model.survivor) },
    obstacles: model.obstacles.map(obstacleInWords),
    form: blankForm(),
  });
}

async function getMerged(tx: Transaction, req: Request) {
  const absorbed = await getWholePerson(tx, idFrom(req));
  const merge = await findMergeOf(tx, absorbed.id);
  if (!merge) throw notFound();
  return { merge, absorbed };
}
