import type { Request, Response } from 'express';
import multer from 'multer';
import type { z } from 'zod';
import type { Access } from '#src/access.ts';
import { number } from '#src/format.ts';
import { badRequest, unavailable } from '#src/http/errors.ts';
import { parseBody, withError, type Form } from '#src/http/forms.ts';
import type { Route } from '#src/http/routes.ts';

/** A file that came with a form: its bytes, and the sender's name for it, which is only ever shown. */
export type UploadedFile = { name: string; bytes: Buffer };

type Limits = {
  /** Name of the file control, the last one of its form: a field behind a file that is cut off is lost. */
  field: string;
  maxBytes: number;
  /** What to say when nothing was chosen. */
  missing: string;
};

type Handler<Input> = (
  req: Request,
  res: Response,
  form: Form<Input & { file: UploadedFile }>,
) => unknown;

/**
 * An act that brings one file, as multipart/form-data. Origin and permission are checked before the first byte is
 * read; the fields pass the same form as any other, and what is wrong with the file is an error at its control.
 */
export function upload<Schema extends z.ZodType<object, Record<string, unknown>>>(
  path: string,
  access: Access,
  schema: Schema,
  limits: Limits,
  handler: Handler<z.output<Schema>>,
): Route {
  const receive = receiver(limits);
  const handle = async (req: Request, res: Response) => {
    const problem = await oneAtATime(() => receive(req, res));
    const form = parseBody(schema, req.body);
    return handler(req, res, withFile(form, { file: fileOf(req), problem, limits, req }));
  };
  return { method: 'post', path, access, schema, handle };
}

type Problem = 'too-large' | null;

/** Reads the whole body into memory; fields and the file are then on the request. */
function receiver({ field, maxBytes }: Limits) {
  const parse = multer({
    storage: multer.memoryStorage(),
    defParamCharset: 'utf8',
    limits: {
      files: 1,
      fileSize: maxBytes,
      fields: 60,
      parts: 61,
      fieldNameSize: 100,
      fieldSize: 20_000,
      headerPairs: 20,
    },
  }).single(field);
  return (req: Request, res: Response) =>
    new Promise<Problem>((resolve, reject) => {
      parse(req, res, (error: unknown) => {
        if (!error) return resolve(null);
        if (codeOf(error) === 'LIMIT_FILE_SIZE') return resolve('too-large');
        reject(badRequest('multipart'));
      });
    });
}

const atOnce = 8;
let receiving = 0;

/** Files are held in memory, so only so many are received at a time; whoever comes then tries again in a moment. */
async function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  if (receiving >= atOnce) throw unavailable();
  receiving += 1;
  try {
    return await work();
  } finally {
    receiving -= 1;
  }
}

type Received = { file: UploadedFile | null; problem: Problem; limits: Limits; req: Request };

function withFile<Input extends object>(
  form: Form<Input>,
  { file, problem, limits, req }: Received,
): Form<Input & { file: UploadedFile }> {
  if (problem === 'too-large') return refuse(form, limits.field, tooLarge(limits.maxBytes, req));
  if (!file) return refuse(form, limits.field, limits.missing);
  return { ...form, input: form.input && { ...form.input, file } };
}

const refuse = (form: Form<unknown>, field: string, sentence: string) => ({
  ...withError(form, field, sentence),
  input: undefined,
});

function fileOf(req: Request): UploadedFile | null {
  if (!req.file || req.file.size === 0) return null;
  return { name: shownName(req.file.originalname), bytes: req.file.buffer };
}

function tooLarge(maxBytes: number, req: Request): string {
  const sent = Number(req.get('content-length'));
  const given = sent > maxBytes ? ` Berkas Anda ${megabytes(sent)}.` : '';
  return `Berkas paling besar ${megabytes(maxBytes)}.${given}`;
}

const megabytes = (bytes: number) => `${number(bytes / 1024 / 1024)} MB`;

/** The last part of the name, without control and direction characters. */
const shownName = (name: string) =>
  (name.toWellFormed().split(/[/\\]/).at(-1) ?? '')
    .replaceAll(/[\p{C}]/gu, '')
    .trim()
    .slice(-100) || 'berkas';

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
