import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { city } from '#src/city.ts';
import { readAs } from '#src/database.ts';
import type { ShareQuery } from '#src/duties/form.ts';
import { dutySections } from '#src/duties/frame.ts';
import { institutionReminder } from '#src/duties/reminders.ts';
import { shareOf } from '#src/duties/rules.ts';
import { scopeFilter } from '#src/duties/scope.ts';
import { shareFigures, type ShareFigures, type ShareLevel } from '#src/duties/standing.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { scoreTone } from '#src/institutions/rules.ts';
import { signedPdf } from '#src/list-office.ts';
import { placesOf, type Place } from '#src/reports/places.ts';
import { scopeFor, type Scope } from '#src/reports/scope.ts';
import { notFound } from '#src/http/errors.ts';

/** The share of officers who have confirmed, by kecamatan, kelurahan or institution. */
export async function sharePage(req: Request, res: Response, form: Form<ShareQuery>) {
  const shares = await readShares(req, form);
  const { account, places, own, level, figures } = shares;
  const lines = figures.map((line) => shownLine(line, shares));
  res.status(form.input ? 200 : 422).renderPage('duties/shares', {
    sections: dutySections('Konfirmasi pengurus'),
    title: own ? placeName(own) : city().name,
    up: upOf(shares),
    head: levelNames[level],
    lines,
    total: shownLine(totalOf(figures), shares, own ? `${ownLevel(own)}=${own.code}` : ''),
    workbookHref: `/tugas/konfirmasi.xlsx${own ? `?${ownLevel(own)}=${own.code}` : ''}`,
    pdf: signedPdf(account, '/tugas/konfirmasi.pdf', own ? { [ownLevel(own)]: own.code } : {}),
    isEmpty: places.length === 0 || figures.length === 0,
  });
}

export const levelNames: Record<ShareLevel, string> = {
  kecamatan: 'Kecamatan',
  kelurahan: 'Kelurahan',
  institution: 'Lembaga',
};

const levelBelow: Record<Scope['level'], ShareLevel> = {
  city: 'kecamatan',
  kecamatan: 'kelurahan',
  kelurahan: 'institution',
};

type Shares = Awaited<ReturnType<typeof readShares>>;

export async function readShares(req: Request, form: Form<ShareQuery>) {
  const account = currentAccount(req);
  const query = form.input ?? { kecamatan: null, kelurahan: null };
  const scope = scopeFor(account, { ...query, jenis: null });
  const level = levelBelow[scope.level];
  const [places, figures] = await readAs(
    actorOf(req),
    placesOf(scope),
    shareFigures(scopeFilter(scope), format.today(), level),
  );
  const own = places.find(({ isScope }) => isScope) ?? null;
  const isForeign =
    scope.level === 'kecamatan' && account.kecamatanId !== null && own?.id !== account.kecamatanId;
  if (isForeign || (own === null && scope.level !== 'city')) throw notFound();
  return {
    account,
    level,
    places,
    own,
    figures: level === 'institution' ? figures : everyPlace(places, figures),
  };
}

/** A place without officers stands in the table too, with nothing to count. */
function everyPlace(places: readonly Place[], figures: readonly ShareFigures[]): ShareFigures[] {
  const found = new Map(figures.map((line) => [line.placeId, line]));
  const none = { phone: null, officers: 0, confirmed: 0, again: 0, never: 0 };
  return places
    .filter(({ isScope }) => !isScope)
    .map(({ id, name }) => found.get(id) ?? { placeId: id, placeName: name, ...none });
}

const isKelurahan = ({ code }: Pick<Place, 'code'>) => code.length > 8;
const ownLevel = (place: Pick<Place, 'code'>) => (isKelurahan(place) ? 'kelurahan' : 'kecamatan');
export const placeName = (place: Pick<Place, 'code' | 'name'>) =>
  `${isKelurahan(place) ? 'Kelurahan' : 'Kecamatan'} ${place.name}`;

function upOf({ own, account }: Shares) {
  if (!own || account.kelurahanId !== null) return [];
  const cityLink =
    account.kecamatanId === null ? [{ label: city().name, href: '/tugas/konfirmasi' }] : [];
  if (!isKelurahan(own)) return cityLink;
  const kecamatan = `/tugas/konfirmasi?kecamatan=${own.kecamatanCode}`;
  return [...cityLink, { label: `Kecamatan ${own.kecamatanName}`, href: kecamatan }];
}

const sumOf = (
  figures: readonly ShareFigures[],
  name: 'officers' | 'confirmed' | 'again' | 'never',
) => figures.reduce((sum, line) => sum + line[name], 0);

export const totalOf = (figures: readonly ShareFigures[]): ShareFigures => ({
  placeId: 0,
  placeName: 'Jumlah',
  phone: null,
  officers: sumOf(figures, 'officers'),
  confirmed: sumOf(figures, 'confirmed'),
  again: sumOf(figures, 'again'),
  never: sumOf(figures, 'never'),
});

/** One line with a link from each figure to the list that it counts. */
function shownLine(line: ShareFigures, { account, level, places, own }: Shares, scope?: string) {
  const code = places.find(({ id, isScope }) => !isScope && id === line.placeId)?.code;
  const query = scope ?? (level === 'institution' ? `lembaga=${line.placeId}` : `${level}=${code}`);
  const list = (status: string) =>
    `/tugas/pengurus?${[query, status && `status=${status}`].filter(Boolean).join('&')}`;
  const percent = shareOf(line);
  const href =
    level === 'institution' ? `/lembaga/${line.placeId}/tugas` : `/tugas/konfirmasi?${query}`;
  return {
    name: line.placeName,
    href: scope === undefined ? href : null,
    cells: [
      { text: format.number(line.officers), href: list('') },
      { text: format.number(line.confirmed), href: list('confirmed') },
      { text: format.number(line.again), href: list('again') },
      { text: format.number(line.never), href: list('never') },
    ],
    percent: percent ?? 0,
    percentText: percent === null ? '–' : `${percent}%`,
    tone: scoreTone(percent),
    remindHref:
      level === 'institution' && scope === undefined && own && can(account, 'institution:remind')
        ? institutionReminder(line, own.name)
        : null,
  };
}
