import * as format from '#src/format.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { Plan, Verdict } from '#src/imports/judge.ts';
import type { NewInstitution } from '#src/imports/places.ts';
import type { Institution, Roster } from '#src/imports/roster.ts';
import { daysOf, endField, startField, wrong } from '#src/imports/row-checks.ts';
import type { IdentifiedRow } from '#src/imports/seating.ts';
import { plain } from '#src/imports/type-names.ts';
import { blockingYears } from '#src/institution-rules/rules.ts';

/** What only shows when every row is read: the one board of a first roster, and the RW of a new RT. */

/** A row of an institution that has no officers yet. */
export type FirstRow = Pick<Plan, 'kind' | 'institutionId' | 'fresh' | 'startOn' | 'endsOn'> & {
  id: number;
  where: string;
  isGood: boolean;
  /** The columns that tell the days. */
  startField: Problem['field'];
  endField: Problem['field'];
};

export function firstRowOf(
  id: number,
  row: IdentifiedRow,
  { outcome, details }: Verdict,
): FirstRow[] {
  const { plan } = details;
  if (plan?.kind !== 'first' && plan?.kind !== 'first_acting') return [];
  const { kind, institutionId, fresh, startOn, endsOn } = plan;
  const fields = { startField: startField(row, plan), endField: endField(row, plan) };
  const isGood = outcome !== 'wrong';
  return [{ id, where: row.where, isGood, kind, institutionId, fresh, startOn, endsOn, ...fields }];
}

export type Late = { id: number; problem: Problem };

export function checkWholeFile(rows: readonly FirstRow[], roster: Roster): Late[] {
  const good = rows.filter(({ isGood }) => isGood);
  const institutions = new Map(roster.institutions.map((one) => [one.id, one]));
  const outside = [...Map.groupBy(good, keyOf).values()].flatMap((group) =>
    checkTerm(group, roster, institutions),
  );
  const refused = new Set(outside.map(({ id }) => id));
  return [...outside, ...checkParents(rows, refused, roster)];
}

const keyOf = ({ institutionId, fresh }: FirstRow) =>
  institutionId === null ? `${fresh?.typeId} ${plain(fresh?.name ?? '')}` : String(institutionId);

/** One board holds all rows of an institution; of rows that do not fit into one, those fall out that fewer agree with. */
function checkTerm(
  group: readonly FirstRow[],
  { types }: Roster,
  institutions: Map<number, Institution>,
): Late[] {
  const [row] = group;
  const institution = institutions.get(row?.institutionId ?? 0);
  const type = types.find(({ id }) => id === (institution?.typeId ?? row?.fresh?.typeId));
  const name = institution?.name ?? row?.fresh?.name ?? '';
  const members = group.filter(({ kind }) => kind === 'first');
  const usual = mostAgreed(members);
  if (!type || !usual?.startOn) return [];
  const years = blockingYears(type.rules, usual.startOn);
  const board = boardOf(members);
  const fits =
    years === null ||
    board.endsOn === null ||
    board.endsOn <= format.addYears(board.startsOn, years);
  const term = fits
    ? board
    : { startsOn: usual.startOn, endsOn: format.addYears(usual.startOn, years) };
  const placed = (held: Term) =>
    `di luar masa bakti kepengurusan ${name} menurut ${usual.where}, ${daysOf(held)}`;
  const late = members.flatMap((one) => outside(one, term, placed(term)));
  const refused = new Set(late.map(({ id }) => id));
  const seated = members.filter(({ id }) => !refused.has(id));
  const held = fits || seated.length === 0 ? term : boardOf(seated);
  const standIns = group.filter(({ kind }) => kind === 'first_acting');
  return [...late, ...standIns.flatMap((one) => outside(one, held, placed(held)))];
}

type Term = { startsOn: string; endsOn: string | null };

function outside(row: FirstRow, term: Term, place: string): Late[] {
  const { id, startOn, endsOn } = row;
  if (startOn !== null && (startOn < term.startsOn || startOn >= (term.endsOn ?? '9999')))
    return [
      { id, problem: wrong(row.startField, `Tanggal mulai ${format.date(startOn)} ${place}`) },
    ];
  const last = endsOn && format.date(format.lastDay(endsOn));
  return endsOn !== null && term.endsOn !== null && endsOn > term.endsOn
    ? [{ id, problem: wrong(row.endField, `Tanggal selesai ${last} ${place}`) }]
    : [];
}

/** From the first start to the last end of the rows, as deciding makes it. */
const boardOf = (rows: readonly FirstRow[]): Term => ({
  startsOn: rows.map(({ startOn }) => startOn ?? '9999').reduce((a, b) => (a < b ? a : b)),
  endsOn: rows.some(({ endsOn }) => endsOn === null)
    ? null
    : rows.map(({ endsOn }) => endsOn ?? '').reduce((a, b) => (a > b ? a : b)),
});

/** The first row of those with the first day that most rows have. */
function mostAgreed(rows: readonly FirstRow[]): FirstRow | undefined {
  const byStart = [...Map.groupBy(rows, ({ startOn }) => startOn).values()];
  return byStart.toSorted((a, b) => b.length - a.length)[0]?.[0];
}

/** A new RT is entered under its RW, which is registered or comes with a good row of the same file. */
function checkParents(
  rows: readonly FirstRow[],
  refused: ReadonlySet<number>,
  { types, institutions }: Roster,
): Late[] {
  const parents = new Set(institutions.map(({ typeId, rwNumber }) => `${typeId} ${rwNumber}`));
  const brought = Map.groupBy(rows, ({ fresh }) => `${fresh?.typeId} ${fresh?.rwNumber}`);
  return rows.flatMap(({ id, fresh }) => {
    const parent = parentOf(fresh, types);
    if (!fresh || parent === null || parents.has(parent)) return [];
    const own = brought.get(parent) ?? [];
    if (own.some((row) => row.isGood && !refused.has(row.id))) return [];
    const broken = own[0] ? `, dan ${own[0].where} yang mendaftarkannya perlu diperbaiki` : '';
    const rw = format.territory(null, fresh.rwNumber ?? 0);
    const message = `${rw} belum terdaftar di kelurahan ini${broken}. Daftarkan RW itu lebih dulu, atau sertakan pengurusnya dalam berkas ini`;
    return [{ id, problem: wrong('institution', message) }];
  });
}

function parentOf(fresh: NewInstitution | null, types: Roster['types']): string | null {
  const type = types.find(({ id }) => id === fresh?.typeId);
  return type?.territory === 'rt' && type.parentTypeId !== null
    ? `${type.parentTypeId} ${fresh?.rwNumber}`
    : null;
}
