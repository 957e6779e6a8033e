import type { Request } from 'express';
import { actorFor, type Actor, type SignedInAccount } from '#src/access.ts';
import { notFound, unavailable } from '#src/http/errors.ts';

/** The signed-in account. The route table has already turned everyone else away. */
export function currentAccount(req: Request): SignedInAccount {
  if (!req.user) throw unavailable();
  return req.user;
}

export function actorOf(req: Request): Actor {
  return actorFor(currentAccount(req), requestIdOf(req));
}

export const requestIdOf = (req: Request) => (typeof req.id === 'string' ? req.id : '');

/** A numeric id from the URL; the route table has checked its shape. */
export function idFrom(req: Request, name = 'id'): number {
  const id = Number(req.params[name]);
  if (!Number.isSafeInteger(id)) throw notFound();
  return id;
}

/** A sentence for the next page that this browser opens, such as "Usulan U-2026-0003 terkirim.". */
export function leaveNotice(req: Request, sentence: string) {
  req.session.notice = sentence;
}
