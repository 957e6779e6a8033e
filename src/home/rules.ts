import { randomUUID } from 'node:crypto';
import * as format from '#src/format.ts';
import { changeTitle, statusBadge } from '#src/roster-changes/rules.ts';
import type { ChangeRow } from '#src/home/repository.ts';

/** The greeting of the hour (0 to 23), as people in Indonesia use it. */
export function greeting(hour: number): string {
  if (hour >= 4 && hour < 11) return 'Selamat pagi';
  if (hour >= 11 && hour < 15) return 'Selamat siang';
  if (hour >= 15 && hour < 18) return 'Selamat sore';
  return 'Selamat malam';
}

type Badge = { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' };

/** How long a proposal has waited: three days are usual (ux.md, section 6), a week is too long. */
export function ageBadge(submittedOn: string, today: string): Badge {
  const days = format.daysBetween(submittedOn, today);
  if (days <= 0) return { label: 'Baru' };
  const label = `Sudah ${days} hari`;
  if (days < 3) return { label };
  return { label, tone: days < 7 ? 'warn' : 'bad' };
}

/** "RW 005: ganti Seksi Keamanan" */
export function changeHeadline(change: ChangeRow): string {
  const title = changeTitle({
    kind: change.kind,
    positionName: change.positionName,
    termLabel:
      change.effectiveOn && change.termEndsOn && format.term(change.effectiveOn, change.termEndsOn),
  });
  return `${change.institutionName}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

export const waitingItem = (change: ChangeRow, today: string) => ({
  title: changeHeadline(change),
  note: `Diajukan ${change.makerName}${change.submittedOn === null ? '' : `, ${dayInWords(change.submittedOn, today)}`}`,
  href: `/usulan/${change.id}`,
  ...(change.submittedOn !== null && { badge: ageBadge(change.submittedOn, today) }),
});

export const changeItem = (change: ChangeRow) => ({
  title: changeHeadline(change),
  note: change.note === null ? `Dibuat ${change.makerName}` : `Catatan lurah: ${change.note}`,
  href: `/usulan/${change.id}`,
  badge: statusBadge[change.status],
});

export const endingItem = (
  ending: { id: number; name: string; termEndsOn: string },
  today: string,
  mayPropose: boolean,
) => {
  const days = format.daysBetween(today, ending.termEndsOn);
  return {
    title: ending.name,
    ...(mayPropose && { renew: { institutionId: ending.id, key: randomUUID() } }),
    note: `Berlaku sampai ${format.date(format.lastDay(ending.termEndsOn))}`,
    href: `/lembaga/${ending.id}`,
    badge: { label: `${days} hari lagi`, ...(days <= 30 && { tone: 'warn' as const }) },
  };
};

export const vacantItem = (vacant: {
  id: number;
  name: string;
  seats: string;
  withoutChair: boolean;
}) => ({
  title: vacant.name,
  note: `Kosong: ${vacant.seats}`,
  href: `/lembaga/${vacant.id}/pengurus`,
  ...(vacant.withoutChair && { badge: { label: 'Ketua kosong', tone: 'bad' as const } }),
});

export const incompleteItem = (row: {
  id: number;
  name: string;
  percent: number;
  missing: number;
}) => ({
  title: row.name,
  note: `${row.missing} isian belum ada`,
  href: `/lembaga/${row.id}`,
  badge: { label: `${row.percent}%`, ...(row.percent < 60 && { tone: 'bad' as const }) },
});

/** "hari ini", "kemarin", "3 hari lalu", and after two weeks the date. */
function dayInWords(day: string, today: string): string {
  const days = format.daysBetween(day, today);
  if (days <= 0) return 'hari ini';
  if (days === 1) return 'kemarin';
  return days <= 14 ? `${days} hari lalu` : format.date(day);
}
