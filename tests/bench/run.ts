import { inCopy, openDataSet, withClient, type DataSet } from './data-set.ts';
import { countQueries } from './count-queries.ts';
import { benchImport } from './import.ts';
import { benchScans } from './scans.ts';
import { pagesOf, type Page } from './pages.ts';
import { atTarget, keepResult, printGrowth, verdict, type Figures, type Line } from './results.ts';
import { memoryOf, scopeViews, signIn, startLoad, startServer, type Server } from './servers.ts';
import { sizeNames, sizes, type Size } from './sizes.ts';

const { size, quick, fresh, only } = readArguments(process.argv.slice(2));
const runs = quick ? 3 : 5;
const seconds = quick ? 1 : 2;
const connectionCounts = [1, 10, 50];

console.log(`Bench on size ${size} (${sizeNames[size]}), ${runs} alternating runs of ${seconds} s`);
const dataSet = await openDataSet(size, { fresh });
const load = startLoad();
const servers: Server[] = [];
try {
  if (only === null) await benchPages();
  if (only !== 'scans') await inCopy(dataSet, (copy) => benchImport(copy, load));
  if (only !== 'import')
    await inCopy(dataSet, (copy) => benchScans(copy, { minutes: quick ? 0.5 : 3 }));
} finally {
  await load.stop();
  for (const server of servers) await server.stop();
  await dataSet.stop();
}

async function benchPages() {
  const cookies = await withClient(dataSet.superuserUrl, async (client) => {
    await scopeViews(client, dataSet.place);
    const { lurah, camat } = dataSet.place.accounts;
    return { lurah: await signIn(client, lurah), camat: await signIn(client, camat) };
  });
  const app = await startServer('app', dataSet);
  servers.push(app);
  const minimal = await startServer('minimal', dataSet);
  servers.push(minimal);
  const pair = { app, minimal };

  const lines: Line[] = [];
  for (const page of pagesOf(dataSet.place)) {
    const cookie = cookies[page.account];
    await printPage(page, pair, cookie);
    await load.measure({ url: app.origin + page.url, cookie, connections: 10, seconds: 1.5 });
    await load.measure({ url: minimal.origin + page.url, cookie, connections: 10, seconds: 1.5 });
    for (const connections of connectionCounts) {
      const line = await compare(page, { ...pair, cookie, connections });
      lines.push(line);
      printLine(line);
    }
  }
  console.log(
    `\nMemory after the runs: app ${await memoryOf(app)} MB, minimal ${await memoryOf(minimal)} MB`,
  );
  printTargets(lines);
  printGrowth(await keepResult(size, { measuredAt: new Date().toISOString(), quick, lines }));
  for (const server of servers.splice(0)) await server.stop();
}

function readArguments(given: string[]) {
  const size: Size = sizes.find((one) => given.includes(one)) ?? 'S';
  const known: string[] = [...sizes, '--quick', '--fresh', '--import', '--scans'];
  const unknown = given.filter((argument) => !known.includes(argument));
  if (unknown.length > 0) {
    console.error(
      `Unknown: ${unknown.join(' ')}\nUsage: npm run bench -- [S|M|N] [--quick] [--fresh] [--import | --scans]`,
    );
    process.exit(1);
  }
  return {
    size,
    quick: given.includes('--quick'),
    fresh: given.includes('--fresh'),
    only: given.includes('--import') ? 'import' : given.includes('--scans') ? 'scans' : null,
  };
}

type Pair = { app: Server; minimal: Server };

/** Both servers must give the same page, or their numbers say nothing. */
async function printPage(page: Page, { app, minimal }: Pair, cookie: string) {
  const html = await readPage(app, page, cookie);
  const same = withoutKeys(html) === withoutKeys(await readPage(minimal, page, cookie));
  // The connection's first request also prepares; the second is what a page costs.
  const queries = await queriesOf(dataSet, () => readPage(app, page, cookie));
  const bytes = Buffer.byteLength(html).toLocaleString('en');
  console.log(
    `\n${page.label}  ${page.url}  ${bytes} bytes, ${queries} statements, ${same ? 'the same HTML from both' : 'DIFFERENT HTML'}`,
  );
  console.log('  connections       app/s  p50 ms  p99 ms   minimal/s  p50 ms  p99 ms   ratio');
  if (!same) await printDifference(html, await readPage(minimal, page, cookie));
}

async function readPage({ origin }: Server, { url }: Page, cookie: string): Promise<string> {
  const answer = await fetch(origin + url, { headers: { cookie }, redirect: 'manual' });
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`);
  return answer.text();
}

/** Idempotency keys are random. */
function withoutKeys(html: string): string {
  return html.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'key');
}

async function printDifference(app: string, minimal: string) {
  const [left, right] = [withoutKeys(app).split('\n'), withoutKeys(minimal).split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  console.log(
    `  line ${at + 1} of the app: ${left[at]?.trim()}\n  and of minimal: ${right[at]?.trim()}`,
  );
}

function queriesOf(
  { superuserUrl, serverLog }: DataSet,
  work: () => Promise<unknown>,
): Promise<number> {
  return withClient(superuserUrl, (client) => countQueries(client, serverLog, work));
}

type Comparison = Pair & { cookie: string; connections: number };

/** A B, B A, A B …: what else the machine does meets both. */
async function compare(
  page: Page,
  { app, minimal, cookie, connections }: Comparison,
): Promise<Line> {
  const figures: Record<Server['name'], Figures[]> = { app: [], minimal: [] };
  for (let run = 0; run < runs; run += 1) {
    const order = run % 2 === 0 ? [app, minimal] : [minimal, app];
    for (const { name, origin } of order)
      figures[name].push(
        await load.measure({ url: origin + page.url, cookie, connections, seconds }),
      );
  }
  const ratios = figures.app.map(
    ({ requests }, run) => requests / (figures.minimal[run]?.requests ?? 1),
  );
  return {
    page: page.name,
    connections,
    app: medians(figures.app),
    minimal: medians(figures.minimal),
    ratio: median(ratios),
  };
}

function medians(all: Figures[]): Figures {
  return {
    requests: median(all.map(({ requests }) => requests)),
    p50: median(all.map(({ p50 }) => p50)),
    p99: median(all.map(({ p99 }) => p99)),
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function printLine({ connections, app, minimal, ratio }: Line) {
  const shown = ({ requests, p50, p99 }: Figures, width: number) =>
    requests.toFixed(0).padStart(width) + p50.toFixed(1).padStart(8) + p99.toFixed(1).padStart(8);
  console.log(
    `  ${String(connections).padStart(11)}${shown(app, 12)}${shown(minimal, 12)}${ratio.toFixed(2).padStart(8)}`,
  );
}

function printTargets(lines: Line[]) {
  console.log('\nShare of the minimal server at 10 connections (targets are for size M)');
  for (const page of pagesOf(dataSet.place)) {
    const line = lines.find((one) => atTarget(one) && one.page === page.name);
    if (line)
      console.log(
        `  ${page.label.padEnd(22)} ${line.ratio.toFixed(2)}  target ≥ ${page.target}: ${verdict(line.ratio >= page.target)}`,
      );
  }
}
