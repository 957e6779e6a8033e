import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { isUnavailable } from '#src/http/database-errors.ts';

/** The statuses that have a page of their own in views/errors. */
const pages = [400, 401, 403, 404, 409, 413, 421, 422, 429, 500, 503] as const;
export type ErrorStatus = (typeof pages)[number];

export class HttpError extends Error {
  readonly status: ErrorStatus;
  /** Seconds until another try makes sense, for 429 and 503. */
  readonly retryAfter: number | null;

  constructor(status: ErrorStatus, message: string, retryAfter: number | null = null) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export const badRequest = (message: string) => new HttpError(400, message);
export const forbidden = () => new HttpError(403, 'Forbidden');
export const notFound = () => new HttpError(404, 'Not found');
export const tooManyTries = (seconds: number) => new HttpError(429, 'Too many tries', seconds);
export const unavailable = () => new HttpError(503, 'Unavailable', 5);

export const handleUnknownUrl: RequestHandler = () => {
  throw notFound();
};

export const handleError: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (res.headersSent) return next(error);
  const failure = asHttpError(error);
  const incident = randomUUID();
  if (failure.status === 500) req.log.error({ err: error, incident }, 'unexpected error');
  if (failure.status === 503) req.log.warn({ incident, reason: nameOf(error) }, 'unavailable');
  if (failure.retryAfter !== null) res.set('Retry-After', String(failure.retryAfter));
  res
    .status(failure.status)
    .renderPage(`errors/${failure.status}`, { incident, retryAfter: failure.retryAfter });
};

function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (isUnavailable(error)) return unavailable();
  return new HttpError(statusOf(error) ?? 500, 'Unexpected');
}

/** body-parser and Express mark what the client did wrong with a status of their own. */
function statusOf(error: unknown): ErrorStatus | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number')
    return null;
  if (error.status === 413) return 413;
  return error.status >= 400 && error.status < 500 ? 400 : null;
}

const nameOf = (error: unknown) => (error instanceof Error ? error.message : 'unknown');
