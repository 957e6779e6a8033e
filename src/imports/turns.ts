import { setTimeout as pause } from 'node:timers/promises';

/** How a piece of long work is paced: `rest` times as long idle as it worked, and never more than `within` milliseconds for both. */
export type Pace = { rest: number; within: number };

/** A piece of long work, and idle for a while: pages find the processor and the database free meanwhile. */
export async function inTurns<Result>(pace: Pace, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  await pause(restAfter(performance.now() - started, pace));
  return result;
}

/** Milliseconds; none on a machine so slow that the work alone takes all the time there is. */
export const restAfter = (worked: number, { rest, within }: Pace) =>
  Math.max(0, Math.min(worked * rest, within - worked));

/** Says something at most once a second, because saying it after every piece would take longer than the piece. */
export function onceASecond<Given extends unknown[]>(
  say: (...given: Given) => Promise<void>,
): (...given: Given) => Promise<void> {
  let saidAt = Date.now();
  return async (...given) => {
    if (Date.now() - saidAt < 1000) return;
    saidAt = Date.now();
    await say(...given);
  };
}
