import type { Request, Response } from 'express';
import { city } from '#src/city.ts';
import { asActor } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { roleName } from '#src/navigation.ts';
import type { PasswordInput } from '#src/own-account/form.ts';
import {
  deleteOtherSessions,
  deleteOwnSession,
  findPasswordHash,
  listOwnSessions,
  setPassword,
} from '#src/own-account/repository.ts';
import { deviceName } from '#src/own-account/rules.ts';
import { countTry, forgiveTries } from '#src/sessions/limits.ts';
import { hashPassword, verifyPassword } from '#src/sessions/passwords.ts';
import { passwordProblem } from '#src/sessions/rules.ts';
import { openSession } from '#src/sessions/strategy.ts';

export async function ownAccountPage(req: Request, res: Response) {
  await renderAccount(req, res, blankForm());
}

export async function changePassword(req: Request, res: Response, form: Form<PasswordInput>) {
  const account = currentAccount(req);
  const checked = await checkPasswords(req, form);
  if (!checked.input) return renderAccount(req, res.status(422), checked);

  const hash = await hashPassword(checked.input.newPassword);
  let changed = false;
  const location = await once(req, form, async (tx) => {
    await setPassword(tx, account.id, hash);
    changed = true;
    return '/akun';
  });
  // A repeated form finds its session gone and must not write it back.
  if (changed) {
    await openSession(req, account);
    leaveNotice(req, 'Kata sandi baru tersimpan. Perangkat lain sudah dikeluarkan.');
  }
  res.redirect(303, location);
}

export async function endSession(req: Request, res: Response, form: Form<Record<string, never>>) {
  const session = {
    accountId: currentAccount(req).id,
    publicId: String(req.params.session),
    currentSid: req.sessionID,
  };
  const location = await once(req, form, async (tx) => {
    if (!(await deleteOwnSession(tx, session))) throw notFound();
    return '/akun';
  });
  leaveNotice(req, 'Sesi itu sudah diakhiri.');
  res.redirect(303, location);
}

export async function endOtherSessions(
  req: Request,
  res: Response,
  form: Form<Record<string, never>>,
) {
  const own = { accountId: currentAccount(req).id, currentSid: req.sessionID };
  const location = await once(req, form, async (tx) => {
    await deleteOtherSessions(tx, own);
    return '/akun';
  });
  leaveNotice(req, 'Semua perangkat lain sudah dikeluarkan.');
  res.redirect(303, location);
}

/** Wrong tries count as they do at the door: a borrowed session must not be a way to guess the password. */
async function checkPasswords(req: Request, form: Form<PasswordInput>) {
  const input = form.input;
  if (!input) return form;
  const { id, username, displayName } = currentAccount(req);
  const problem = passwordProblem(input.newPassword, [username, displayName, city().name]);
  if (problem) return withError(form, 'newPassword', problem);
  if (input.newPassword === input.currentPassword)
    return withError(form, 'newPassword', 'Pilih kata sandi yang berbeda dari yang sekarang');

  await countTry(username, req.ip ?? '');
  const hash = await asActor(actorOf(req), (tx) => findPasswordHash(tx, id));
  if (!(await verifyPassword(input.currentPassword, hash)))
    return withError(form, 'currentPassword', 'Kata sandi yang sekarang salah');
  await forgiveTries(username, req.ip ?? '');
  return form;
}

/** Passwords are never sent back into a page. */
async function renderAccount(req: Request, res: Response, form: Form<unknown>) {
  const account = currentAccount(req);
  const sessions = await asActor(actorOf(req), (tx) =>
    listOwnSessions(tx, account.id, req.sessionID),
  );
  res.renderPage('own-account/account', {
    account: { ...account, roleName: roleName(account.role) },
    form: { ...form, values: {} },
    sessions: sessions.map((session) => ({ ...session, device: deviceName(session.userAgent) })),
  });
}
