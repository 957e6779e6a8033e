import * as format from '#src/format.ts';
import type { Block, Clause } from '#src/pdf/paper.ts';

/** When, where and what of a training, as letters tell it. */

export type Session = { startsAt: Date; endsAt: Date; venue: string; topic: string };

/** Sessions of one day in one place stand as Hari/Tanggal, Waktu, Tempat, Acara; others as a table. */
export function programme(sessions: readonly Session[]): Block[] {
  const days = new Set(sessions.map(({ startsAt }) => format.dayOf(startsAt)));
  const venues = new Set(sessions.map(({ venue }) => venue));
  const [first] = sessions;
  const last = sessions.at(-1);
  return first && last && days.size === 1 && venues.size === 1
    ? [{ kind: 'clauses', clauses: oneDay(sessions, first, last) }]
    : [tableOf(sessions)];
}

function oneDay(sessions: readonly Session[], first: Session, last: Session): Clause[] {
  const isOne = sessions.length === 1;
  return [
    clause('Hari/Tanggal', format.fullDate(format.dayOf(first.startsAt))),
    clause('Waktu', format.hours(first.startsAt, last.endsAt)),
    clause('Tempat', first.venue),
    {
      label: 'Acara',
      items: sessions.map(({ startsAt, endsAt, topic }, index) => ({
        mark: isOne ? '' : `${index + 1}.`,
        text: isOne ? topic : `${topic}, ${format.hours(startsAt, endsAt)}`,
      })),
    },
  ];
}

const tableOf = (sessions: readonly Session[]): Block => ({
  kind: 'table',
  columns: [
    { label: 'Hari/Tanggal', width: 26 },
    { label: 'Waktu', width: 18 },
    { label: 'Tempat', width: 22 },
    { label: 'Acara', width: 34 },
  ],
  rows: sessions.map(({ startsAt, endsAt, venue, topic }) => [
    format.fullDate(format.dayOf(startsAt)),
    format.hours(startsAt, endsAt),
    venue,
    topic,
  ]),
});

export const clause = (label: string, text: string): Clause => ({
  label,
  items: [{ mark: '', text }],
});
