import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { config } from '#src/config.ts';

/**
 * What a valid scan leaves with the phone: the session, and when it was scanned, signed. It lasts five minutes, so that
 * whoever types slowly is not refused, stays on the phone that scanned, and opens no other session.
 */
export type Ticket = { sessionId: number; scannedAt: Date };

const name = 'tiket';
const lifetime = 5 * 60_000;

export function giveTicket(res: Response, sessionId: number) {
  const text = `${sessionId}.${Date.now()}`;
  res.cookie(name, `${text}.${signatureOf(text)}`, {
    httpOnly: true,
    sameSite: 'lax',
    secure: config().publicUrl.startsWith('https:'),
    path: '/h',
    maxAge: lifetime,
  });
}

/** Null without a ticket, with one that is too old, and with one that we did not sign. */
export function ticketOf(req: Request): Ticket | null {
  const cookies = (req.headers.cookie ?? '').split('; ');
  const value = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
  const [, text, sessionId, moment, signature] =
    /^((\d{1,10})\.(\d{13}))\.([\w-]{43})$/.exec(value ?? '') ?? [];
  if (!text || !signature || !isEqual(signature, signatureOf(text))) return null;
  const age = Date.now() - Number(moment);
  if (age < 0 || age > lifetime) return null;
  return { sessionId: Number(sessionId), scannedAt: new Date(Number(moment)) };
}

const signatureOf = (text: string) =>
  createHmac('sha256', config().sessionSecret).update(`door ticket ${text}`).digest('base64url');

const isEqual = (one: string, other: string) =>
  timingSafeEqual(Buffer.from(one), Buffer.from(other));
