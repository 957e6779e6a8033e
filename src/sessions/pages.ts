import type { Request, Response } from 'express';
import passport from 'passport';
import type { z } from 'zod';
import type { SignedInAccount } from '#src/access.ts';
import { config } from '#src/config.ts';
import { demoAccounts, demoPassword } from '#src/demo-accounts.ts';
import { city } from '#src/city.ts';
import { door } from '#src/database.ts';
import { unavailable } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { leaveNotice, requestIdOf } from '#src/http/request.ts';
import { safeReturn } from '#src/http/security.ts';
import { cookieName } from '#src/http/session.ts';
import type { newPasswordForm, SignInInput, signInQuery } from '#src/sessions/form.ts';
import { hashPassword } from '#src/sessions/passwords.ts';
import { forgiveTries } from '#src/sessions/limits.ts';
import {
  findLinkedAccount,
  recordSignIn,
  setPasswordByLink,
  type LinkedAccount,
} from '#src/sessions/repository.ts';
import { passwordProblem } from '#src/sessions/rules.ts';
import { openSession } from '#src/sessions/strategy.ts';

export function signInPage(req: Request, res: Response, query: Form<z.output<typeof signInQuery>>) {
  const returnTo = safeReturn(query.input?.kembali);
  if (req.user) return res.redirect(303, returnTo);
  renderSignIn(res, blankForm({ returnTo }));
}

export async function signIn(req: Request, res: Response, form: Form<SignInInput>) {
  const input = form.input;
  if (!input) return renderSignIn(res.status(422), form);

  const account = await authenticated(req, res);
  if (!account) return renderSignIn(res.status(422), refused(form));
  await openSession(req, account);
  res.redirect(303, safeReturn(input.returnTo));
}

export async function signOut(req: Request, res: Response) {
  if (req.sessionUnavailable) throw unavailable();
  const account = req.user;
  if (account) await recordSignIn(account.id, requestIdOf(req), 'sign_out');
  await endSession(req);
  res.clearCookie(cookieName(), { path: '/' });
  res.set('Clear-Site-Data', '"cache", "cookies", "storage"');
  res.redirect(303, '/masuk');
}

export async function newPasswordPage(req: Request, res: Response) {
  const link = await findLinkedAccount(tokenOf(req));
  if (!link) return res.status(404).renderPage('sessions/link-used');
  renderNewPassword(req, res, { link, form: blankForm() });
}

export async function setNewPassword(
  req: Request,
  res: Response,
  form: Form<z.output<typeof newPasswordForm>>,
) {
  const link = await findLinkedAccount(tokenOf(req));
  if (!link) return res.status(404).renderPage('sessions/link-used');

  const checked = withPasswordRules(form, link);
  if (!checked.input) return renderNewPassword(req, res.status(422), { link, form: checked });

  const hash = await hashPassword(checked.input.password);
  const done = await door.transaction(link.accountId, requestIdOf(req), (client) =>
    setPasswordByLink(client, link, hash),
  );
  if (!done) return res.status(404).renderPage('sessions/link-used');
  await forgiveTries(link.username, req.ip ?? '');
  await startAnew(req);
  leaveNotice(req, 'Kata sandi baru tersimpan. Masuklah dengan kata sandi itu.');
  res.redirect(303, '/masuk');
}

const tokenOf = (req: Request) => String(req.params.token);

function withPasswordRules(form: Form<z.output<typeof newPasswordForm>>, link: LinkedAccount) {
  if (!form.input) return form;
  const own = [link.username, link.displayName, city().name];
  const problem = passwordProblem(form.input.password, own);
  return problem ? withError(form, 'password', problem) : form;
}

function renderNewPassword(
  req: Request,
  res: Response,
  { link, form }: { link: LinkedAccount; form: Form<unknown> },
) {
  const shown = { ...form, values: {} };
  res.renderPage('sessions/new-password', { form: shown, link, path: req.path });
}

/** The password is never sent back into a page. */
function renderSignIn(res: Response, form: Form<unknown>) {
  const { username = '', returnTo = '' } = form.values;
  res.renderPage('sessions/sign-in', {
    form: { ...form, values: { username, returnTo } },
    demoAccounts: config().mode === 'demo' ? demoAccounts : [],
    demoPassword,
  });
}

/** One sentence for every reason, so that nobody learns which accounts exist. */
const refused = <Input>(form: Form<Input>) =>
  withError(form, 'username', 'Nama pengguna atau kata sandi salah');

const authenticated = (req: Request, res: Response) =>
  new Promise<SignedInAccount | null>((resolve, reject) => {
    const answer = (error: unknown, account: SignedInAccount | false) =>
      error ? reject(error) : resolve(account || null);
    passport.authenticate('local', answer)(req, res, reject);
  });

async function endSession(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.destroy((error?: unknown) => (error ? reject(error) : resolve()));
  });
}

/** Saving anything into a session whose row was just deleted would bring it back. */
async function startAnew(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error?: unknown) => (error ? reject(error) : resolve()));
  });
}
