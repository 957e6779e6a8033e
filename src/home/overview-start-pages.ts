import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { cycleOn } from '#src/completeness/repository.ts';
import { overdueCard, overdueFor } from '#src/follow-ups/start.ts';
import { notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { attestationFigures, attestationPlaces } from '#src/home/attestation-figures.ts';
import { startHead } from '#src/home/greeting.ts';
import { accountFigures, idleAccounts } from '#src/home/repository.ts';
import { linesByPlace } from '#src/reports/lines.ts';
import { scoreTone } from '#src/institutions/rules.ts';
import { recapReads } from '#src/reports/figures.ts';
import { placesOf, type Place } from '#src/reports/places.ts';
import { joinRecap, type RecapRow } from '#src/reports/repository.ts';
import { scopeFor, type Scope } from '#src/reports/scope.ts';
import { listHref, type RecapLine } from '#src/reports/columns.ts';
import { keyFigures } from '#src/reports/key-figures.ts';
import { findings } from '#src/reports/findings.ts';
import { completeness, percentOf, sum } from '#src/reports/rules.ts';
import { coverageCard } from '#src/training-coverage/rules.ts';
import { coverageOf } from '#src/training-coverage/statements.ts';

/** The camat: how the kelurahan stand, and which of them ask for attention. */
export async function kecamatanStart(req: Request, res: Response) {
  const today = format.today();
  const scope = scopeFor(currentAccount(req), { kecamatan: null, kelurahan: null, jenis: null });
  const [overdue, places, [cycle], attested, covered, ...recap] = await readAs(
    actorOf(req),
    overdueFor(currentAccount(req), today),
    placesOf(scope),
    cycleOn(today),
    attestationPlaces(today, 'kelurahan'),
    coverageOf(scope, today),
    ...recapReads(scope, today),
  );
  const own = places.find(({ isScope }) => isScope);
  if (!own) throw notFound();
  res.renderPage('home/start-overview', {
    head: startHead(req, today),
    ...overview({ places, rows: joinRecap(...recap) }, scope, `kecamatan=${own.code}`),
    attestation: attestationFigures(cycle, attested, 'kelurahan'),
    overdue: overdueCard(overdue, today),
    coverage: coverageCard(covered, `kecamatan=${own.code}`),
    accounts: null,
  });
}

/** The city: how the kecamatan stand; for the administrator also the accounts that want looking after. */
export async function cityStart(req: Request, res: Response) {
  const today = format.today();
  const scope: Scope = { level: 'city', code: null, id: null };
  const reads = [
    placesOf(scope),
    cycleOn(today),
    attestationPlaces(today, 'kecamatan'),
    ...recapReads(scope, today),
  ] as const;
  if (!can(currentAccount(req), 'account:manage')) {
    const [places, [cycle], attested, ...recap] = await readAs(actorOf(req), ...reads);
    return res.renderPage('home/start-overview', {
      head: startHead(req, today),
      ...overview({ places, rows: joinRecap(...recap) }, scope, ''),
      attestation: attestationFigures(cycle, attested, 'kecamatan'),
      overdue: overdueCard([], today),
      coverage: null,
      accounts: null,
    });
  }
  const [places, [cycle], attested, institutions, officers, [figures], idle, overdue] =
    await readAs(
      actorOf(req),
      ...reads,
      accountFigures(),
      idleAccounts(),
      overdueFor(currentAccount(req), today),
    );
  res.renderPage('home/start-overview', {
    head: startHead(req, today),
    ...overview({ places, rows: joinRecap(institutions, officers) }, scope, ''),
    attestation: attestationFigures(cycle, attested, 'kecamatan'),
    overdue: overdueCard(overdue, today),
    coverage: null,
    accounts: figures && { ...figures, idle },
  });
}

function overview(found: { places: Place[]; rows: RecapRow[] }, scope: Scope, query: string) {
  const lines = linesByPlace(found, scope, null);
  const total = sum(found.rows);
  return {
    placeHead: scope.level === 'city' ? 'Kecamatan' : 'Kelurahan',
    isEmpty: total.institutions === 0,
    keyFigures: keyFigures(total, query),
    findings: findings(lines),
    lines: lines.map(shownShort),
    total: shownShort({ name: 'Jumlah', href: null, query, figures: total }),
  };
}

/** A line of the recap with the figures that a start page has room for. */
function shownShort({ name, href, query, figures }: RecapLine) {
  const percent = completeness(figures);
  const valid = percentOf(figures.valid, figures.institutions);
  return {
    name,
    href,
    cells: [
      {
        label: 'Lembaga',
        text: format.number(figures.institutions),
        href: listHref('/lembaga', query),
      },
      {
        label: 'SK berlaku',
        text: valid === null ? '–' : `${valid}%`,
        href: listHref('/lembaga', query, 'status=sk-berlaku'),
      },
      {
        label: 'SK berakhir',
        text: format.number(figures.ended),
        href: listHref('/lembaga', query, 'status=sk-berakhir'),
      },
      {
        label: 'Ketua kosong',
        text: format.number(figures.vacantChairs),
        href: listHref('/lembaga', query, 'status=ketua-kosong'),
      },
    ],
    percent: percent ?? 0,
    percentText: percent === null ? '–' : `${percent}%`,
    tone: scoreTone(percent),
  };
}
