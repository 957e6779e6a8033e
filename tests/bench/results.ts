import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dataDirectory } from './data-set.ts';
import type { PageName } from './pages.ts';
import { sizes, type Size } from './sizes.ts';

export type Figures = { requests: number; p50: number; p99: number };
/** One page at one number of connections, both servers in the same run. */
export type Line = {
  page: PageName;
  connections: number;
  app: Figures;
  minimal: Figures;
  /** The app's requests a second as a share of the minimal server's. */
  ratio: number;
};
type Result = { measuredAt: string; quick: boolean; lines: Line[] };
type Results = Partial<Record<Size, Result>>;

const file = path.join(dataDirectory, 'bench-results.json');

/** The connections at which targets are set. */
export const targetConnections = 10;

export async function keepResult(size: Size, result: Result): Promise<Results> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const results = { ...(JSON.parse(text) as Results), [size]: result };
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(file, JSON.stringify(results, null, 2));
  return results;
}

/** How much slower than on S a page is on M and N, by the medians of the runs that are kept. */
export function printGrowth(results: Results): void {
  const small = results.S;
  if (!small) return;
  const limits: Partial<Record<Size, number>> = { M: 1.3, N: 1.6 };
  for (const size of sizes) {
    const large = results[size];
    const limit = limits[size];
    if (!large || !limit) continue;
    console.log(
      `\np50 on ${size} / S at ${targetConnections} connections (measured ${large.measuredAt} and ${small.measuredAt})`,
    );
    for (const line of large.lines.filter(atTarget)) {
      const before = small.lines.find((one) => atTarget(one) && one.page === line.page);
      if (!before) continue;
      const growth = line.app.p50 / before.app.p50;
      const bare = line.minimal.p50 / before.minimal.p50;
      console.log(
        `  ${line.page.padEnd(12)} ${growth.toFixed(2)}  target ≤ ${limit}: ${verdict(growth <= limit)}  (minimal ${bare.toFixed(2)})`,
      );
    }
  }
}

export const atTarget = ({ connections }: Line) => connections === targetConnections;
export const verdict = (met: boolean) => (met ? 'met' : 'missed');

/** The value below which that share of the sorted values lies. */
export const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? 0;
