import { expect, test } from 'vitest';
import { onceASecond, restAfter } from '#src/imports/turns.ts';

test.each([
  [10, 10],
  [20, 20],
  [30, 20],
  [50, 0],
  [80, 0],
])('work of %d ms that may take 50 is followed by a rest of %d', (worked, rest) => {
  expect(restAfter(worked, { rest: 1, within: 50 })).toBe(rest);
});

test('what was said is not said again within a second', async () => {
  const said: number[] = [];
  const say = onceASecond((done: number) => {
    said.push(done);
    return Promise.resolve();
  });
  const started = Date.now();
  for (let done = 0; Date.now() - started < 1200; done += 1) {
    await say(done);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(said).toHaveLength(1);
  expect(said[0]).toBeGreaterThan(0);
});
