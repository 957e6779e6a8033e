import type { Request } from 'express';
import type { PassportStatic } from 'passport';
import { Strategy } from 'passport-local';
import type { SignedInAccount } from '#src/access.ts';
import { requestIdOf } from '#src/http/request.ts';
import { countTry, forgiveTries } from '#src/sessions/limits.ts';
import { verifyPassword } from '#src/sessions/passwords.ts';
import { findCredentials, findUsableAccount, recordSignIn } from '#src/sessions/repository.ts';

/** Sign-in by user name and password; the session keeps only the account's id and the rest is read on every request. */
export function useSignIn(passport: PassportStatic) {
  passport.use(
    new Strategy({ passReqToCallback: true }, (req, username, password, done) => {
      authenticate(req, username.trim().toLowerCase(), password.trim()).then(
        (account) => done(null, account ?? false),
        (error: unknown) => done(error),
      );
    }),
  );
  passport.serializeUser((account, done) => done(null, account.id));
  passport.deserializeUser((id: number, done) => {
    findUsableAccount(id).then(
      (account) => done(null, account ?? false),
      (error: unknown) => done(error),
    );
  });
}

/** A new session id for the account. Passport awaits its storing; a store that does not answer fails the sign-in. */
export async function openSession(req: Request, account: SignedInAccount): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.logIn(account, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  const now = Date.now();
  const userAgent = (req.get('user-agent') ?? '').slice(0, 200).replaceAll('\0', '');
  Object.assign(req.session, { startedAt: now, seenAt: now, userAgent });
  await new Promise<void>((resolve, reject) => {
    req.session.save((error?: unknown) => (error ? reject(error) : resolve()));
  });
}

/** Tries at user names that do not exist are recorded too: they are worth knowing, and cost the same time. */
const nobody = 0;

async function authenticate(
  req: Request,
  username: string,
  password: string,
): Promise<SignedInAccount | null> {
  await countTry(username, req.ip ?? '');
  const credentials = await findCredentials(username);
  const fits = await verifyPassword(password, credentials?.passwordHash ?? null);
  const account = credentials && fits ? await findUsableAccount(credentials.id) : null;
  if (account) await forgiveTries(username, req.ip ?? '');
  const action = account ? 'sign_in' : 'sign_in_failed';
  await recordSignIn(credentials?.id ?? nobody, requestIdOf(req), action);
  return account;
}
