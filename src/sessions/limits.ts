import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { tooManyTries } from '#src/http/errors.ts';
import { limiter, secondsToWait } from '#src/rate-limits.ts';

const quarterHour = 15 * 60;
const longestBlock = 2 * 60 * 60;

const byAccount = limiter('account', 5, quarterHour);
const byAddress = limiter('address', 50, quarterHour);
/** How often an account was blocked in a day: each time the wait doubles, and none is for ever. */
const blocks = limiter('blocked', 1000, 24 * 60 * 60);

/** Counts a try; throws 429 when this user name or this address has had its tries. */
export async function countTry(username: string, address: string): Promise<void> {
  await consume(byAddress, address);
  try {
    await byAccount.consume(username);
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    const wait = await lengthenBlock(username, reason);
    throw tooManyTries(Math.ceil(wait / 1000));
  }
}

/** A successful sign-in forgives the tries of the account and its own at the address: a hall may share one. */
export async function forgiveTries(username: string, address: string): Promise<void> {
  await byAccount.delete(username);
  await byAddress.reward(address);
}

async function consume(limit: RateLimiterPostgres, key: string): Promise<void> {
  const seconds = await secondsToWait(limit, key);
  if (seconds !== null) throw tooManyTries(seconds);
}

/** Milliseconds to wait. Only the first refused try of a block lengthens it, or waiting people would make their own wait longer. */
async function lengthenBlock(username: string, refused: RateLimiterRes): Promise<number> {
  if (refused.consumedPoints !== byAccount.points + 1) return refused.msBeforeNext;
  const { consumedPoints } = await blocks.consume(username);
  const seconds = Math.min(quarterHour * 2 ** (consumedPoints - 1), longestBlock);
  await byAccount.block(username, seconds);
  return seconds * 1000;
}
