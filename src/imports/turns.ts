import { setTimeout as pause } from 'node:timers/promises';

/** A piece of long work, and `rest` times as long idle: pages find the processor and the database free meanwhile. */
export async function inTurns<Result>(
  { rest }: { rest: number },
  work: () => Promise<Result>,
): Promise<Result> {
  const started = performance.now();
  const result = await work();
  await pause((performance.now() - started) * rest);
  return result;
}
