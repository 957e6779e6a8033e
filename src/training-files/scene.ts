import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { mayAdd, mayChange, type Purpose } from '#src/training-files/rules.ts';
import { trainingFile } from '#src/training-files/statements.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

/** The training to which the reader may add materials or photos. */
export async function addable(req: Request, purpose: Purpose) {
  const [[training]] = await readAs(actorOf(req), trainingHeader(idFrom(req)));
  if (!training) throw notFound();
  if (!mayAdd(currentAccount(req), training, purpose)) throw forbidden();
  return training;
}

/** One of its files that the reader may change. */
export async function changeable(req: Request, purpose: Purpose) {
  const id = idFrom(req);
  const [[training], [file]] = await readAs(
    actorOf(req),
    trainingHeader(id),
    trainingFile(id, idFrom(req, 'fileId'), purpose),
  );
  if (!training || !file) throw notFound();
  if (!mayChange(currentAccount(req), training, file)) throw forbidden();
  return { training, file };
}

/** Bytes from somebody else: whatever is in them has no rights in the portal's own pages. */
export function sendBytes(res: Response, { type, bytes }: { type: string; bytes: Uint8Array }) {
  res.set('Content-Security-Policy', "sandbox; default-src 'none'");
  res.type(type).send(Buffer.from(bytes));
}

/** Where a training's materials or photos are shown. */
export const placeOf = (trainingId: number, purpose: Purpose) =>
  purpose === 'photo' ? `/pelatihan/${trainingId}/foto` : `/pelatihan/${trainingId}`;
