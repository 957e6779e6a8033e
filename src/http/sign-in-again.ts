import type { Request, Response } from 'express';
import { cookieName } from '#src/http/session.ts';

/**
 * Answers whoever is not signed in: a stranger gets the sign-in page, whoever had a session is told that it ended.
 * What they were sending stays in the page and can be sent again after signing in.
 */
export function askToSignIn(req: Request, res: Response) {
  const hadSession = (req.headers.cookie ?? '').includes(`${cookieName()}=`);
  if (req.method === 'GET' && !hadSession) {
    return res.redirect(303, `/masuk?kembali=${encodeURIComponent(req.originalUrl)}`);
  }
  res.status(401).renderPage('errors/401', {
    returnTo: req.method === 'GET' ? req.originalUrl : '/beranda',
    resume: req.method === 'POST' ? { action: req.originalUrl, fields: fieldsOf(req.body) } : null,
  });
}

function fieldsOf(body: unknown): { name: string; value: string }[] {
  return Object.entries(body ?? {})
    .filter(
      ([name, value]) => typeof value === 'string' && !name.toLowerCase().includes('password'),
    )
    .map(([name, value]) => ({ name, value: String(value) }));
}
