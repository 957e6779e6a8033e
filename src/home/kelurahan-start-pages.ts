import type { Request, Response } from 'express';
import { city } from '#src/city.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { overdueCard, overdueFor } from '#src/follow-ups/start.ts';
import { forbidden } from '#src/http/errors.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import {
  changesToMend,
  changesWaiting,
  decreesEnding,
  exOfficioChairs,
  importsWaiting,
  incompleteInstitutions,
  vacantSeats,
} from '#src/home/repository.ts';
import {
  changeItem,
  endingItem,
  incompleteItem,
  vacantItem,
  waitingItem,
} from '#src/home/rules.ts';
import { startHead } from '#src/home/greeting.ts';
import { scoreTone } from '#src/institutions/rules.ts';
import { recapReads } from '#src/reports/figures.ts';
import { joinRecap, type RecapRow } from '#src/reports/repository.ts';
import { completeness, sum } from '#src/reports/rules.ts';

/** The lurah decides: what waits, which decrees end, which seats are empty. */
export async function lurahStart(req: Request, res: Response) {
  const kelurahanId = kelurahanOf(req);
  const today = format.today();
  const [overdue, exOfficio, imports, waiting, ending, vacant, ...recap] = await readAs(
    actorOf(req),
    overdueFor(currentAccount(req), today),
    exOfficioChairs(kelurahanId, today),
    importsWaiting(kelurahanId),
    changesWaiting(kelurahanId, city().timeZone),
    decreesEnding(kelurahanId, today),
    vacantSeats(kelurahanId, today),
    ...recapReads({ level: 'kelurahan', code: null, id: kelurahanId }, today),
  );
  res.renderPage('home/start-lurah', {
    head: startHead(req, today),
    overdue: overdueCard(overdue, today),
    exOfficio,
    imports,
    waiting: {
      total: waiting[0]?.total ?? 0,
      items: waiting.map((change) => waitingItem(change, today)),
    },
    ending: {
      total: ending[0]?.total ?? 0,
      items: ending.map((row) => endingItem(row, today, false)),
    },
    vacant: { total: vacant[0]?.total ?? 0, items: vacant.map(vacantItem) },
    score: scoreOf(joinRecap(...recap)),
  });
}

/** Staff prepare: proposals that came back, records with gaps, decrees to renew. */
export async function staffStart(req: Request, res: Response) {
  const kelurahanId = kelurahanOf(req);
  const today = format.today();
  const [overdue, exOfficio, changes, incomplete, ending, ...recap] = await readAs(
    actorOf(req),
    overdueFor(currentAccount(req), today),
    exOfficioChairs(kelurahanId, today),
    changesToMend(kelurahanId, city().timeZone, currentAccount(req).id),
    incompleteInstitutions(kelurahanId),
    decreesEnding(kelurahanId, today),
    ...recapReads({ level: 'kelurahan', code: null, id: kelurahanId }, today),
  );
  res.renderPage('home/start-staff', {
    head: startHead(req, today),
    overdue: overdueCard(overdue, today),
    exOfficio,
    changes: { total: changes[0]?.total ?? 0, items: changes.map(changeItem) },
    incomplete: { total: incomplete[0]?.total ?? 0, items: incomplete.map(incompleteItem) },
    ending: {
      total: ending[0]?.total ?? 0,
      items: ending.map((row) => endingItem(row, today, true)),
    },
    score: scoreOf(joinRecap(...recap)),
  });
}

function kelurahanOf(req: Request): number {
  const { kelurahanId } = currentAccount(req);
  if (kelurahanId === null) throw forbidden();
  return kelurahanId;
}

/** How complete the kelurahan is, and what still has to be renewed or filled. */
function scoreOf(rows: readonly RecapRow[]) {
  const total = sum(rows);
  const percent = completeness(total);
  return { ...total, percent, tone: scoreTone(percent) };
}
