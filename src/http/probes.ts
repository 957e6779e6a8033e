import type { RequestHandler } from 'express';
import { pingDatabase } from '#src/database.ts';

/** `/sehat`: the process answers. `/siap`: the database answers too; asked directly, not through the proxy, and at most once a second. */
export const probes: RequestHandler = async (req, res, next) => {
  if (req.method !== 'GET') return next();
  if (req.path === '/sehat') return void res.type('text').send('sehat\n');
  if (req.path !== '/siap' || req.headers['x-forwarded-for']) return next();
  const ready = await isReady();
  res
    .status(ready ? 200 : 503)
    .type('text')
    .send(ready ? 'siap\n' : 'belum siap\n');
};

let checkedAt = 0;
let lastAnswer = Promise.resolve(false);

function isReady(): Promise<boolean> {
  if (Date.now() - checkedAt >= 1000) {
    checkedAt = Date.now();
    lastAnswer = pingDatabase().then(
      () => true,
      () => false,
    );
  }
  return lastAnswer;
}
