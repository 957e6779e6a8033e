import { Router, type Request, type Response, type RequestHandler } from 'express';
import type { z } from 'zod';
import { can, type Access } from '#src/access.ts';
import { badRequest, forbidden, notFound, unavailable } from '#src/http/errors.ts';
import { emptyInput, parseBody, parseQuery, type Form, type FormSchema } from '#src/http/forms.ts';
import { askToSignIn } from '#src/http/sign-in-again.ts';

export type Route = {
  method: 'get' | 'post';
  path: string;
  access: Access;
  schema: FormSchema;
  handle: (req: Request, res: Response) => unknown;
};

type Handler<Schema extends FormSchema> = (
  req: Request,
  res: Response,
  form: Form<z.output<Schema>>,
) => unknown;

/** A page. With a schema, the query string is its form; without, no query is accepted. */
export function get(path: string, access: Access, handler: Handler<typeof emptyInput>): Route;
export function get<Schema extends FormSchema>(
  path: string,
  access: Access,
  schema: Schema,
  handler: Handler<Schema>,
): Route;
export function get(
  path: string,
  access: Access,
  ...rest: [Handler<typeof emptyInput>] | [FormSchema, Handler<FormSchema>]
): Route {
  if (rest.length === 1) return get(path, access, emptyInput, rest[0]);
  const [schema, handler] = rest;
  const handle = (req: Request, res: Response) => handler(req, res, parseQuery(schema, req.query));
  return { method: 'get', path, access, schema, handle };
}

/** An act. The form is parsed after the permission is checked and before the handler runs. */
export function post<Schema extends FormSchema>(
  path: string,
  access: Access,
  schema: Schema,
  handler: Handler<Schema>,
): Route {
  const handle = (req: Request, res: Response) => handler(req, res, parseBody(schema, req.body));
  return { method: 'post', path, access, schema, handle };
}

export function buildRouter(routes: readonly Route[]): Router {
  const router = Router();
  for (const { method, path, access, handle } of routes) {
    router[method](path, allow(access), refuseBadParameters(path), async (req, res) => {
      await handle(req, res);
    });
  }
  return router;
}

function allow(access: Access): RequestHandler {
  return (req, res, next) => {
    if (access === 'public') return next();
    if (req.sessionUnavailable) throw unavailable();
    if (!req.user) return askToSignIn(req, res);
    if (access !== 'signed-in' && !can(req.user, access)) throw forbidden();
    next();
  };
}

/** What a named part of a URL may look like; a route with another name does not start. */
const parameterShapes: Record<string, RegExp> = {
  id: /^[1-9]\d{0,9}$/,
  seatId: /^[1-9]\d{0,9}$/,
  sessionId: /^[1-9]\d{0,9}$/,
  invitationId: /^[1-9]\d{0,9}$/,
  questionId: /^[1-9]\d{0,9}$/,
  phase: /^(pra|pasca)$/,
  noteId: /^[1-9]\d{0,9}$/,
  certificateId: /^[1-9]\d{0,9}$/,
  /** Whatever somebody typed; the page says when it cannot be a code. */
  certificateCode: /^.{1,200}$/su,
  fileId: /^[1-9]\d{0,9}$/,
  session: /^[0-9a-f]{32}$/,
  code: /^[2-9A-HJ-NP-Za-hj-np-z]{6}$/,
  token: /^[A-Za-z0-9_-]{43}$/,
};
const largestId = 2 ** 31 - 1;

function refuseBadParameters(path: string): RequestHandler {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  for (const name of names) {
    if (!parameterShapes[name]) throw new Error(`Route ${path}: no shape for :${name}`);
  }
  return (req, _res, next) => {
    for (const name of names) {
      const value = req.params[name];
      if (typeof value !== 'string') throw badRequest(`parameter ${name}`);
      if (!parameterShapes[name]?.test(value)) throw notFound();
      if (/^\d+$/.test(value) && Number(value) > largestId) throw notFound();
    }
    next();
  };
}
