import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import pino from 'pino';
import { pinoHttp } from 'pino-http';
import { config } from '#src/config.ts';

/**
 * One line a request: method, path without its query (a search may be a person's name), status, time. No body, no
 * cookie, no header but the browser's name.
 */
export function requestLog(): RequestHandler {
  return pinoHttp({
    logger: pino({ level: config().logLevel, timestamp: pino.stdTimeFunctions.isoTime }),
    genReqId: () => randomUUID(),
    serializers: {
      req: (req: { id: string; method: string; url: string }) => ({
        id: req.id,
        method: req.method,
        // What opens without signing in is a secret.
        path: req.url.split('?')[0]?.replace(/^(\/masuk\/tautan|\/u)\/.*/, '$1/…'),
      }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
      err: (error: Error) => ({
        type: error.name,
        stack: withoutValues(error.stack ?? error.message),
      }),
    },
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
  });
}

/** Runs of digits that could be a NIK or a phone number do not enter the log. */
export const withoutValues = (text: string) => text.replaceAll(/\+?\d{9,}/g, '…').slice(0, 4000);
