import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { door } from '#src/database.ts';

/** So many points in so many seconds for each key, counted in the database for all processes. */
export const limiter = (keyPrefix: string, points: number, duration: number) =>
  new RateLimiterPostgres({
    storeClient: door,
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix,
    points,
    duration,
    clearExpiredByTimeout: false,
  });

/** Takes a point; the seconds to wait when there is none left, or null. */
export async function secondsToWait(
  limit: RateLimiterPostgres,
  key: string | number,
): Promise<number | null> {
  try {
    await limit.consume(key);
    return null;
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return Math.ceil(reason.msBeforeNext / 1000);
    throw reason;
  }
}
