import { randomUUID } from 'node:crypto';
import express, { type Response } from 'express';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { handleError } from '#src/http/errors.ts';
import { buildRouter } from '#src/http/routes.ts';
import { requestLog } from '#src/http/log.ts';
import { upload } from '#src/http/uploads.ts';
import { usePages } from '#src/http/views.ts';

/** The route, its form and its errors as the portal joins them, around a handler that answers what arrived. */
const seen: string[] = [];
const echo = upload(
  '/berkas',
  'public',
  z.strictObject({ title: z.string().min(1, 'Isi judul') }),
  { field: 'scan', maxBytes: 100_000, missing: 'Pilih berkas' },
  (_req, res: Response, form) => {
    seen.push(form.key);
    const { errors, values, input } = form;
    res.status(input ? 200 : 422).json({
      errors,
      values,
      file: input && { name: input.file.name, size: input.file.bytes.length, title: input.title },
    });
  },
);
const guarded = upload(
  '/rahasia',
  'signed-in',
  z.strictObject({}),
  { field: 'scan', maxBytes: 100_000, missing: 'Pilih berkas' },
  () => {
    throw new Error('a stranger got in');
  },
);
const app = express();
app.use(requestLog(), usePages, buildRouter([echo, guarded]), handleError);

const send = () => supertest(app).post('/berkas').field('key', randomUUID());

test('a file arrives with the fields of its form', async () => {
  const { status, body } = await send()
    .field('title', 'SK Ketua')
    .attach('scan', Buffer.from('isi'), 'Pindaian café.pdf');
  expect(status).toBe(200);
  expect(body.file).toEqual({ name: 'Pindaian café.pdf', size: 3, title: 'SK Ketua' });
});

test('a file that is too large is an error at its field, and what was typed stays', async () => {
  const { status, body } = await send()
    .field('title', 'SK Ketua')
    .attach('scan', Buffer.alloc(200_000), 'besar.pdf');
  expect(status).toBe(422);
  expect(body.errors.scan).toBe('Berkas paling besar 0,1 MB. Berkas Anda 0,2 MB.');
  expect(body.values.title).toBe('SK Ketua');
});

test('a form without a file, with an empty one, or not sent as multipart asks for the file', async () => {
  const without = await send().field('title', 'SK');
  const empty = await send().field('title', 'SK').attach('scan', Buffer.alloc(0), 'kosong.pdf');
  const plain = await supertest(app)
    .post('/berkas')
    .type('form')
    .send({ key: randomUUID(), title: 'SK' });
  expect(without.body.errors).toEqual({ scan: 'Pilih berkas' });
  expect(empty.body.errors).toEqual({ scan: 'Pilih berkas' });
  // Nothing parsed this body here: a form without its key is no form of ours.
  expect(plain.status).toBe(400);
});

test('an error of the form and one of the file are shown together', async () => {
  const { body } = await send().field('title', '');
  expect(body.errors).toEqual({ title: 'Isi judul', scan: 'Pilih berkas' });
});

test.each([
  ['a nested name', 'a[b][c]'],
  ['a prototype', '__proto__[polluted]'],
  ['a field nobody asked for', 'lain'],
])('%s is refused', async (_what, name) => {
  const { status } = await send()
    .field('title', 'SK')
    .field(name, 'x')
    .attach('scan', Buffer.from('x'), 'x.pdf');
  expect(status).toBe(400);
  expect(({} as { polluted?: string }).polluted).toBeUndefined();
});

test('a second file, or one under another name, is refused', async () => {
  const two = await send()
    .field('title', 'SK')
    .attach('scan', Buffer.from('1'), '1.pdf')
    .attach('scan', Buffer.from('2'), '2.pdf');
  const other = await send().field('title', 'SK').attach('lain', Buffer.from('1'), '1.pdf');
  expect([two.status, other.status]).toEqual([400, 400]);
});

test('a broken body is refused and the portal goes on', async () => {
  const { status } = await supertest(app)
    .post('/berkas')
    .set('Content-Type', 'multipart/form-data; boundary=x')
    .send('--x\r\nContent-Disposition: form-data; name="scan"; filename="a"\r\n\r\nhalf');
  expect(status).toBe(400);
  expect((await send().field('title', 'SK').attach('scan', Buffer.from('1'), '1.pdf')).status).toBe(
    200,
  );
});

test('the shown name is its last part, without characters that mislead', async () => {
  const { body } = await send()
    .field('title', 'SK')
    .attach('scan', Buffer.from('1'), '../../etc/sk\u202Efdp.pdf');
  expect(body.file.name).toBe('skfdp.pdf');
});

test('whoever may not use the route sends nothing to it', async () => {
  const { status } = await supertest(app)
    .post('/rahasia')
    .field('key', randomUUID())
    .attach('scan', Buffer.alloc(50_000), 'x.pdf');
  expect(status).toBe(401);
});
