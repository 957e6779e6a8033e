import type { RosterRow } from '#src/officers/repository.ts';
import { endReasons, isEndReason } from '#src/roster-changes/rules.ts';

type Badge = { label: string; tone?: 'warn' | 'bad' | 'info' };

/** A tenure's kind beside the position, as decrees abbreviate it; a full term needs no word. */
export const kindLabels: Record<string, string | null> = {
  definitive: null,
  midterm: 'PAW',
  acting: 'Plt.',
  caretaker: 'Pj.',
};
export const kindNames: Record<string, string> = {
  definitive: 'Definitif',
  midterm: 'Pengganti antarwaktu',
  acting: 'Pelaksana tugas',
  caretaker: 'Penjabat',
};

/** Why somebody left, in words; a term that gave way to the next board has no reason of its own. */
export const endReasonInWords = (reason: string | null) =>
  reason !== null && isEndReason(reason) ? endReasons[reason] : null;

export type RosterLine = RosterRow & { badges: Badge[] };

/** Each seat with the words beside its holder. */
export function rosterLines(rows: readonly RosterRow[]): RosterLine[] {
  return rows.map((row) => {
    const kind = row.kind === null ? null : kindLabels[row.kind];
    const badges: Badge[] = kind ? [{ label: kind }] : [];
    if (row.exception !== null) badges.push({ label: 'Pengecualian', tone: 'info' });
    if (row.overdue) badges.push({ label: 'Habis, belum diganti', tone: 'warn' });
    return { ...row, badges };
  });
}

type ChartNode = { position: string; name: string | null; note?: string; children: ChartNode[] };

/** The chair above every other seat; several seats of one position stand together under its name. Null without a chair's seat. */
export function organisationChart(rows: readonly RosterRow[]): ChartNode | null {
  const chairs = rows.filter(({ isChair }) => isChair);
  const [chair] = chairs;
  if (!chair) return null;
  const groups = [
    ...Map.groupBy(
      bySeat(rows.filter(({ isChair }) => !isChair)),
      (seat) => seat[0]?.positionTypeId ?? 0,
    ).values(),
  ];
  const children = groups.flatMap((seats) => columnsOf(seats, widestChart - groups.length + 1));
  return { ...(nodeOf(chairs) ?? { position: chair.seatName, name: null }), children };
}

/** More columns than this do not fit beside each other. */
const widestChart = 4;
const seatsInColumn = 4;

/** One seat is a box of its own; many of one position stand in columns of four, as far as there is room. */
function columnsOf(seats: readonly (readonly RosterRow[])[], room: number): ChartNode[] {
  const nodes = seats.flatMap((seat) => nodeOf(seat) ?? []);
  if (nodes.length === 1) return nodes;
  const columns = Math.max(1, Math.min(Math.ceil(nodes.length / seatsInColumn), room));
  const height = Math.ceil(nodes.length / columns);
  return Array.from({ length: Math.ceil(nodes.length / height) }, (_, index) => {
    const first = index * height;
    const children = nodes.slice(first, first + height);
    const name =
      columns === 1 ? `${nodes.length} kursi` : `Kursi ${first + 1}–${first + children.length}`;
    return { position: seats[0]?.[0]?.positionName ?? '', name, children };
  });
}

/** A seat may have two holders at a time: a definitive one and an acting one. */
const bySeat = (rows: readonly RosterRow[]) => [
  ...Map.groupBy(rows, ({ seatId }) => seatId).values(),
];

function nodeOf(seat: readonly RosterRow[]): ChartNode | null {
  const [first] = seat;
  if (!first) return null;
  const names = seat.flatMap(({ kind, personName }) =>
    personName === null ? [] : `${kindLabels[kind ?? ''] ?? ''} ${personName}`.trim(),
  );
  const note = seat.some(({ overdue }) => overdue) ? { note: 'Habis, belum diganti' } : {};
  return {
    position: first.seatName,
    name: names.length === 0 ? null : names.join(' / '),
    ...note,
    children: [],
  };
}
