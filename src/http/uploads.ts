import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import { badRequest } from '#src/http/errors.ts';

/** A file that came with a form, held in memory only; or why there is none. */
export type Upload = { name: string; bytes: Buffer } | { problem: 'none' | 'too-big' };

export const largestUpload = 5 * 1024 * 1024;

const receiveOne = multer({
  storage: multer.memoryStorage(),
  defParamCharset: 'utf8',
  limits: {
    fileSize: largestUpload,
    files: 1,
    fields: 20,
    parts: 21,
    fieldSize: 2000,
    fieldNameSize: 60,
  },
}).single('file');

const tooBig = new WeakSet<Request>();

/** Takes a multipart form with at most one file, named `file`; its text fields become the body of the form. */
export const receiveFile: RequestHandler = (req, res, next) => {
  receiveOne(req, res, (error?: unknown) => {
    if (!error) return next();
    if (!(error instanceof multer.MulterError) || error.code !== 'LIMIT_FILE_SIZE')
      return next(badRequest('multipart'));
    tooBig.add(req);
    next();
  });
};

export function uploadOf(req: Request): Upload {
  if (tooBig.has(req)) return { problem: 'too-big' };
  if (!req.file || req.file.size === 0) return { problem: 'none' };
  return { name: shownName(req.file.originalname), bytes: req.file.buffer };
}

/** A name to show, never to open: no folders, no control characters. */
const shownName = (name: string) =>
  (name.split(/[/\\]/).at(-1) ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}"<>]/gu, '')
    .trim()
    .slice(-100) || 'berkas.xlsx';
