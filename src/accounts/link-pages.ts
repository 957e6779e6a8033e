import type { Request, Response } from 'express';
import { endSessions, insertLink } from '#src/accounts/entry.ts';
import { getAccount, updateAccount, type DetailedAccount } from '#src/accounts/repository.ts';
import { changedMeanwhile, linkMinutes } from '#src/accounts/rules.ts';
import { config } from '#src/config.ts';
import { asActor } from '#src/database.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';

export async function confirmLink(req: Request, res: Response) {
  const account = await asActor(actorOf(req), (tx) => getAccount(tx, idFrom(req)));
  if (account.suspendedAt) throw changedMeanwhile();
  res.renderPage('accounts/confirm-link', { account, form: blankForm() });
}

/** The old password ends with its sessions: its owner forgot it, or somebody else knows it. */
export async function makeLink(req: Request, res: Response, form: Form<Record<string, never>>) {
  let made: MadeLink | undefined;
  const location = await once(req, form, async (tx) => {
    const account = await getAccount(tx, idFrom(req));
    const cleared = await updateAccount(tx, account, { passwordHash: null });
    if (account.suspendedAt || !cleared) throw changedMeanwhile();
    const own = account.id === currentAccount(req).id ? req.sessionID : null;
    await endSessions(tx, account.id, own);
    made = { account, token: await insertLink(tx, account.id) };
    return `/pengguna/${account.id}`;
  });
  answerLink(req, res, { made, location });
}

export type MadeLink = { account: DetailedAccount; token: string };

/** Shows the link this one time; a form that is sent again can only be told that it was shown. */
export function answerLink(
  req: Request,
  res: Response,
  { made, location }: { made: MadeLink | undefined; location: string },
) {
  if (!made) {
    leaveNotice(req, 'Tautan hanya tampil satu kali. Bila belum tersalin, buat tautan baru.');
    return res.redirect(303, location);
  }
  const link = linkUrl(made.token);
  const message = `Tautan untuk membuat kata sandi Portal LKK (nama pengguna ${made.account.username}), berlaku ${linkMinutes} menit dan hanya sekali pakai: ${link}`;
  res.renderPage('accounts/link', { account: made.account, link, message, linkMinutes });
}

/** Built from the configuration, never from what the request calls this host. */
export const linkUrl = (token: string) => `${config().publicUrl}/masuk/tautan/${token}`;
