import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '#src/http/listen.ts';
import { cookieFor, theApp } from '../support/app.ts';
import { makeAccount, makeKelurahan } from '../support/fixtures.ts';

/** Five megabytes over slow mobile data take longer than any other request may. */

let port = 0;
let close = async () => {};

beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  port = typeof address === 'object' && address ? address.port : 0;
  probe.close();
  ({ close } = await listen(theApp(), { port, host: '127.0.0.1' }));
});
afterAll(() => close());

test.concurrent(
  'an upload that takes 26 seconds is read to its end',
  async () => {
    const { staff } = await office();
    const boundary = 'batas';
    const part = (head: string, text: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
    const body = `${part('name="key"', randomUUID())}${part('name="file"; filename="a.xlsx"', 'x'.repeat(13_000))}--${boundary}--\r\n`;
    const answer = await sendSlowly('/impor', {
      cookie: await cookieFor(staff.id),
      type: `multipart/form-data; boundary=${boundary}`,
      body,
    });
    expect(answer).toMatch(/^HTTP\/1\.1 422 /);
    expect(answer).toContain('Berkas ini bukan Excel (.xlsx)');
  },
  60_000,
);

test.concurrent(
  'a form that takes so long is cut off, and others are served meanwhile',
  async () => {
    const { staff } = await office();
    const started = Date.now();
    const answer = await sendSlowly('/keluar', {
      cookie: await cookieFor(staff.id),
      type: 'application/x-www-form-urlencoded',
      body: `key=${randomUUID()}&x=${'x'.repeat(13_000)}`,
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(Date.now() - started).toBeLessThan(24_000);
    expect((await fetch(`http://127.0.0.1:${port}/masuk`)).status).toBeLessThan(500);
  },
  60_000,
);

async function office() {
  const kelurahan = await makeKelurahan();
  return { staff: await makeAccount('staff', { kelurahanId: kelurahan.id }) };
}

type Sent = { cookie: string; type: string; body: string };

/** Five hundred bytes a second; what came back when the server had enough. */
async function sendSlowly(path: string, { cookie, type, body }: Sent): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  socket.on('error', () => {});
  const ended = once(socket, 'close');
  const origin = 'http://localhost:3000';
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: localhost:3000\r\nOrigin: ${origin}\r\nSec-Fetch-Site: same-origin\r\nCookie: ${cookie}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`,
  );
  for (let at = 0; at < body.length && answer === '' && !socket.destroyed; at += 500) {
    socket.write(body.slice(at, at + 500));
    await pause(1000);
  }
  await ended;
  return answer;
}
