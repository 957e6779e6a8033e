import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { unavailable } from '#src/http/errors.ts';

const derive = promisify(argon2);

/** OWASP's smallest Argon2id setting: 19 MiB, two passes, one lane. */
const cost = { memory: 19456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** Hashing fills a core for 20 ms: two at a time, twenty waiting, and the next is told to come back. */
const limits = { running: 2, waiting: 20 };

/** A PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await hash32(password, salt);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(hash)}`;
}

/** Whether the password fits; without a stored hash it takes as long and is false. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, , , , salt = '', hash = ''] = (stored ?? unknownAccount).split('$');
  const given = await hash32(password, Buffer.from(salt, 'base64'));
  const expected = Buffer.from(hash, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) && stored !== null;
}

/** Some hash of the same cost, for accounts that do not exist. */
const unknownAccount = `$argon2id$v=19$m=19456,t=2,p=1$${base64(Buffer.alloc(16))}$${base64(Buffer.alloc(tagLength))}`;

async function hash32(password: string, nonce: Buffer): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    ...cost,
    message: password.normalize('NFC'),
    nonce,
    tagLength,
  };
  return inTurn(async () => Buffer.from(await derive('argon2id', parameters)));
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= limits.running) {
    if (waiting.length >= limits.waiting) throw unavailable();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function base64(buffer: Buffer): string {
  return buffer.toString('base64').replaceAll('=', '');
}
