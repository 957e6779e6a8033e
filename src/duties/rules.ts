import type { OfficerStanding } from '#src/duties/standing.ts';
import * as format from '#src/format.ts';
import { kindLabels } from '#src/officers/rules.ts';

/** How an officer stands towards the duties of an office: confirmed as they are now, asked again, or never yet. */
export const standings = ['confirmed', 'again', 'never'] as const;
export type Standing = (typeof standings)[number];

export const dutyKinds = ['task', 'function', 'duty'] as const;
export type DutyKind = (typeof dutyKinds)[number];

/** One version of one duty; `validUntil` is the first day on which it no longer holds. */
export type DutyVersion = {
  id: number;
  lineageId: number;
  kind: DutyKind;
  text: string;
  legalBasis: string;
  positionTypeId: number | null;
  positionName: string | null;
  isLocal: boolean;
  validFrom: string;
  validUntil: string | null;
  sortOrder: number;
};

type Badge = { label: string; tone?: 'good' | 'warn' };

export const standingBadges: Record<Standing, Badge> = {
  confirmed: { label: 'Sudah mengonfirmasi', tone: 'good' },
  again: { label: 'Diminta lagi', tone: 'warn' },
  never: { label: 'Belum mengonfirmasi' },
};

/** "20 November 2026, di atas kertas, dicatat oleh Rina Puspitaningrum, A.Md." */
export function confirmationInWords(confirmation: {
  confirmedOn: string;
  means: string;
  confirmedByName: string;
}): string {
  const day = format.date(confirmation.confirmedOn);
  return confirmation.means === 'paper'
    ? `${day}, di atas kertas, dicatat oleh ${confirmation.confirmedByName}`
    : `${day}, lewat akun ${confirmation.confirmedByName}`;
}

const kindTitles = { task: 'Tugas lembaga', function: 'Fungsi lembaga' } as const;

/** Where a duty stands: among the tasks, the functions, or under its position. */
export const sectionTitle = ({
  kind,
  positionName,
}: Pick<DutyVersion, 'kind' | 'positionName'>): string =>
  kind === 'duty' ? (positionName ?? '') : kindTitles[kind];

/** The value of a section in a form: `task`, `function` or the id of a position. */
export const sectionKey = ({
  kind,
  positionTypeId,
}: Pick<DutyVersion, 'kind' | 'positionTypeId'>): string =>
  kind === 'duty' ? String(positionTypeId) : kind;

/** Duties by section, in the order in which they come. */
export function sectionsOf<Duty extends DutyVersion>(duties: readonly Duty[]) {
  return [...Map.groupBy(duties, sectionKey)].map(([key, items]) => ({
    key,
    title: items[0] ? sectionTitle(items[0]) : '',
    isPosition: items[0]?.kind === 'duty',
    items,
    sources: [...new Set(items.map(({ legalBasis }) => legalBasis))],
  }));
}

export const isInForce = (
  { validFrom, validUntil }: Pick<DutyVersion, 'validFrom' | 'validUntil'>,
  day: string,
) => validFrom <= day && (validUntil === null || validUntil > day);

/** A version that was replaced before its first day was over held on no day. */
export const neverHeld = ({ validFrom, validUntil }: DutyVersion) => validUntil === validFrom;

/** 1945-08-17 stands for "since ever": the reference data carry no date of their own. */
const sinceEver = '1945-08-17';

/** "sejak 1 Januari 2026 sampai 5 Mei 2026" */
export function rangeInWords({
  validFrom,
  validUntil,
}: Pick<DutyVersion, 'validFrom' | 'validUntil'>): string {
  const from = validFrom === sinceEver ? 'sejak awal' : `sejak ${format.date(validFrom)}`;
  return validUntil === null ? from : `${from} sampai ${format.date(format.lastDay(validUntil))}`;
}

export type DutyChange = {
  kind: 'new' | 'changed' | 'dropped';
  section: string;
  before: string | null;
  after: string | null;
};

/** What differs between what was confirmed and what holds now: new, changed and dropped duties. */
export function changesSince(
  confirmed: readonly DutyVersion[],
  current: readonly DutyVersion[],
): DutyChange[] {
  const known = new Map(confirmed.map((duty) => [duty.lineageId, duty]));
  const left = new Set(current.map(({ lineageId }) => lineageId));
  const added = current.flatMap((duty): DutyChange[] => {
    const before = known.get(duty.lineageId);
    if (before?.id === duty.id) return [];
    const kind = before ? 'changed' : 'new';
    return [
      {
        kind,
        section: sectionTitle(duty),
        before: before ? written(before) : null,
        after: written(duty),
      },
    ];
  });
  const dropped = confirmed
    .filter(({ lineageId }) => !left.has(lineageId))
    .map((duty): DutyChange => {
      return { kind: 'dropped', section: sectionTitle(duty), before: written(duty), after: null };
    });
  return [...added, ...dropped];
}

export const changeBadges: Record<DutyChange['kind'], { label: string; tone?: 'info' | 'warn' }> = {
  new: { label: 'Baru', tone: 'info' },
  changed: { label: 'Berubah', tone: 'warn' },
  dropped: { label: 'Tidak berlaku lagi' },
};

const written = ({ text, legalBasis }: DutyVersion) => `${text} (dasar: ${legalBasis})`;

/** Whole percent, rounded down, so that 100% means everybody; null where nobody is asked. */
export const shareOf = ({ officers, confirmed }: { officers: number; confirmed: number }) =>
  officers === 0 ? null : Math.floor((confirmed * 100) / officers);

export type Lineage = {
  /** The newest version: the one that an edit starts from. */
  head: DutyVersion;
  shown: DutyVersion;
  /** A version that begins later. */
  planned: DutyVersion | null;
  versions: number;
};

/** Duties with all their versions, as the page of a type lists them; `retired` hold no longer. */
export function lineagesOf(versions: readonly DutyVersion[], day: string) {
  const all = [...Map.groupBy(versions, ({ lineageId }) => lineageId).values()].flatMap((chain) => {
    const sorted = chain.toSorted((one, other) => one.id - other.id);
    const head = sorted.at(-1);
    if (!head) return [];
    const held = sorted.filter((version) => !neverHeld(version));
    const current = held.find((version) => isInForce(version, day));
    const planned = held.find(({ validFrom }) => validFrom > day) ?? null;
    const shown = current ?? planned ?? head;
    const isRetired = !current && !planned;
    return [{ head, shown, planned: current ? planned : null, versions: held.length, isRetired }];
  });
  const inOrder = all.toSorted(
    (one, other) => one.shown.sortOrder - other.shown.sortOrder || one.shown.id - other.shown.id,
  );
  return {
    living: inOrder.filter(({ isRetired }) => !isRetired),
    retired: inOrder.filter(({ isRetired }) => isRetired),
  };
}

/** An officer as the lists show it, with the last confirmation in words. */
export function officerLine(officer: OfficerStanding) {
  const { standing, confirmationId, confirmedOn, means, confirmedByName } = officer;
  const kind = kindLabels[officer.kind] ?? null;
  return {
    tenureId: officer.tenureId,
    personId: officer.personId,
    fullName: officer.personName,
    position: kind ? `${kind} ${officer.seatName}` : officer.seatName,
    standing,
    badge: standingBadges[standing],
    confirmationId,
    confirmedText:
      confirmedOn === null || means === null || confirmedByName === null
        ? null
        : confirmationInWords({ confirmedOn, means, confirmedByName }),
  };
}
