import { createServer, type ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import type { SignedInAccount } from '#src/access.ts';
import { loadCity } from '#src/city.ts';
import { configure, readConfig } from '#src/config.ts';
import { parseQuery } from '#src/http/forms.ts';
import { usePages } from '#src/http/views.ts';
import { institutionOverview } from '#src/institutions/detail-page.ts';
import { institutionFilter } from '#src/institutions/form.ts';
import { institutionList } from '#src/institutions/list-page.ts';
import { reportQuery } from '#src/reports/form.ts';
import { reportPage } from '#src/reports/pages.ts';
import { findUsableAccount } from '#src/sessions/repository.ts';
import { pagesOf, type Page, type PageName } from './pages.ts';
import type { Place } from './generate.ts';

const settings = readConfig(process.env);
configure({ ...settings, databaseUrl: settings.databaseUrl ?? '' });
await loadCity();

const place = JSON.parse(process.env.BENCH_PLACE ?? '') as Place;
const answers = new Map<string, (res: ServerResponse) => Promise<void>>();
for (const page of pagesOf(place)) answers.set(page.url, await answerFor(page));

createServer((req, res) => {
  const answer = answers.get(req.url ?? '');
  if (!answer) return void res.writeHead(404).end();
  answer(res).catch((error: unknown) => {
    console.error(error);
    res.writeHead(500).end();
  });
}).listen(settings.port, '127.0.0.1', () => console.log('siap di'));

type Handle = (req: Request, res: Response) => unknown;

function handleFor(name: PageName, query: object): Handle {
  const filter = parseQuery(institutionFilter, name === 'list' || name === 'search' ? query : {});
  const recap = parseQuery(reportQuery, {});
  const handles: Record<PageName, Handle> = {
    institution: (req, res) => institutionOverview(req, res),
    list: (req, res) => institutionList(req, res, filter),
    search: (req, res) => institutionList(req, res, filter),
    recap: (req, res) => reportPage(req, res, recap),
  };
  return handles[name];
}

/** Everything that does not change between two requests is made once. */
async function answerFor(page: Page): Promise<(res: ServerResponse) => Promise<void>> {
  const user: SignedInAccount | null = await findUsableAccount(place.accounts[page.account]);
  if (!user) throw new Error(`no account for ${page.name}`);
  const url = new URL(page.url, 'http://localhost');
  const query = Object.fromEntries(url.searchParams);
  const handle = handleFor(page.name, query);
  const req = {
    user,
    query,
    params: { id: String(place.institutionId) },
    path: url.pathname,
    originalUrl: page.url,
    session: {},
    get: () => undefined,
  } as unknown as Request;
  return async (res) => {
    const send = (html: string) => {
      const body = Buffer.from(html);
      res.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': body.length,
      });
      res.end(body);
    };
    const page = { type: () => ({ send }) } as unknown as Response;
    usePages(req, page, () => {});
    await handle(req, page);
  };
}
