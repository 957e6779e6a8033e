import connectPgSimple from 'connect-pg-simple';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Pool } from 'pg';
import { config } from '#src/config.ts';
import { door } from '#src/database.ts';

const minute = 60_000;
export const sessionLimits = {
  idle: 30 * minute,
  absolute: 12 * 60 * minute,
  touchEvery: 5 * minute,
};

/** The name that the session cookie has here; `__Host-` binds it to this host and to TLS. */
export const cookieName = () => (isSecure() ? '__Host-sid' : 'sid');

/** Sessions in PostgreSQL. When the store does not answer, the request goes on as a stranger's and only public pages work. */
export function sessions(): RequestHandler {
  const Store = connectPgSimple(session);
  const readSession = session({
    store: new Store({
      // The store only ever calls query(); the door prepares its statements.
      pool: door as unknown as Pool,
      tableName: 'sessions',
      pruneSessionInterval: 15 * 60,
      disableTouch: true,
      errorLog: () => {},
    }),
    name: cookieName(),
    secret: config().sessionSecret,
    resave: false,
    saveUninitialized: false,
    proxy: isSecure(),
    cookie: {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: isSecure(),
      maxAge: sessionLimits.idle,
    },
  });
  return (req, res, next) => {
    readSession(req, res, (error?: unknown) => {
      if (error) req.sessionUnavailable = true;
      next();
    });
  };
}

/** Ends a session that has grown too old and moves the idle limit on, at most once in five minutes. */
export const keepSession: RequestHandler = (req, res, next) => {
  const { session } = req;
  if (!session?.startedAt) return next();
  const now = Date.now();
  if (now - session.startedAt > sessionLimits.absolute) {
    // Not destroy(): passport asks for a session, if an empty one.
    session.regenerate((error?: unknown) => {
      if (error) req.sessionUnavailable = true;
      res.clearCookie(cookieName(), { path: '/' });
      next();
    });
    return;
  }
  if (now - (session.seenAt ?? 0) > sessionLimits.touchEvery) session.seenAt = now;
  next();
};

/** A browser follows a redirect before express-session has stored what the next page shows; so that is stored first. */
export const saveNotice: RequestHandler = (req, res, next) => {
  const redirect = res.redirect.bind(res);
  res.redirect = (...given: [string | number, (string | number)?]) => {
    const [status, url] =
      given.length === 2 ? [Number(given[0]), String(given[1])] : [302, String(given[0])];
    if (!req.session?.notice && !req.session?.attestation && !req.session?.issuing)
      return redirect(status, url);
    req.session.save(() => redirect(status, url));
  };
  next();
};

/** Reads who is signed in; a failure here too leaves the request a stranger's. */
export const unlessUnavailable =
  (readAccount: RequestHandler): RequestHandler =>
  (req, res, next) => {
    if (req.sessionUnavailable) return next();
    return readAccount(req, res, (error?: unknown) => {
      if (error) req.sessionUnavailable = true;
      next();
    });
  };

const isSecure = () => config().publicUrl.startsWith('https:');
