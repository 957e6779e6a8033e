import { randomUUID } from 'node:crypto';
import type { SignedInAccount } from '#src/access.ts';
import * as format from '#src/format.ts';
import { lateness, ownerKindOf } from '#src/follow-ups/rules.ts';
import { overdueFollowUps, type ClaimedRow, type OverdueRow } from '#src/follow-ups/statements.ts';

/** What a start page shows of follow-ups. */

/** Lurah and camat answer for all of their place, the others for what they promised. */
export const overdueFor = (account: SignedInAccount, today: string) =>
  overdueFollowUps(
    ownerKindOf(account),
    account.id,
    account.institutionId,
    account.role === 'lurah' || account.role === 'kecamatan',
    today,
  );

export const overdueCard = (rows: OverdueRow[], today: string) => ({
  total: rows[0]?.total ?? 0,
  items: rows.map((row) => ({
    title: row.text,
    note: `${row.ownerName}, tenggat ${format.date(row.dueOn)}`,
    href: `/tindak-lanjut/${row.id}`,
    badge: { label: lateness(row, today) ?? '', tone: 'bad' as const },
  })),
});

/** Each with the keys of its own button. */
export const claimedCard = (rows: ClaimedRow[]) =>
  rows.map((row) => ({ ...row, key: randomUUID() }));
