import * as format from '#src/format.ts';
import type { HistoryEvent } from '#src/institutions/history-statement.ts';
import { endReasonInWords } from '#src/officers/rules.ts';
import { changeKinds, changeTitle } from '#src/roster-changes/rules.ts';

type TimelineItem = {
  title: string;
  when: string;
  by?: string;
  note?: string;
  href?: string;
  tone?: 'good' | 'bad';
};

/** One event of an institution as the timeline shows it. */
export function eventInWords(event: HistoryEvent, readsChanges: boolean): TimelineItem {
  return {
    title: titleOf(event),
    when: format.date(event.on),
    ...noteOf(event),
    ...(isDecision(event) && event.by !== null ? { by: event.by } : {}),
    ...(isDecision(event) && readsChanges ? { href: `/usulan/${event.changeId}` } : {}),
    ...toneOf(event),
  };
}

function titleOf(event: HistoryEvent): string {
  const term = event.termStartsOn === null ? '' : format.term(event.termStartsOn, event.termEndsOn);
  const people = event.subject?.split('\n') ?? [];
  switch (event.kind) {
    case 'approved':
      return `Usulan disetujui: ${proposalOf(event)}`;
    case 'returned':
      return `Usulan dikembalikan untuk perbaikan: ${proposalOf(event)}`;
    case 'refused':
      return `Usulan ditolak: ${proposalOf(event)}`;
    case 'board':
      return `Masa bakti ${term} dimulai`;
    case 'board_end':
      return `Masa bakti ${term} berakhir`;
    case 'start':
      return people.length === 1
        ? `Mulai menjabat: ${people[0]}`
        : `${people.length} pengurus mulai menjabat`;
    case 'end':
      return people.length === 1
        ? `Selesai menjabat: ${people[0]}`
        : `${people.length} pengurus selesai menjabat`;
    case 'founded':
      return 'Lembaga dibentuk';
  }
}

function proposalOf(event: HistoryEvent): string {
  const kind = changeKinds.find((known) => known === event.subject);
  const termLabel =
    event.termStartsOn === null ? null : format.term(event.termStartsOn, event.termEndsOn);
  return kind ? changeTitle({ kind, positionName: event.positionName, termLabel }) : '';
}

function noteOf(event: HistoryEvent): { note?: string } {
  const people = event.subject?.split('\n') ?? [];
  const named =
    (event.kind === 'start' || event.kind === 'end') && people.length > 1
      ? people.join('; ')
      : null;
  const reason = event.kind === 'end' ? endReasonInWords(event.by) : null;
  const founding =
    event.kind === 'founded' && event.subject !== null ? `Dasar: ${event.subject}` : null;
  const decree =
    event.decreeNumber === null || event.decreedOn === null
      ? null
      : `SK Nomor ${event.decreeNumber}, ${format.date(event.decreedOn)}`;
  const words = [named, reason, isDecision(event) ? event.note : null, founding, decree].filter(
    (part) => part !== null,
  );
  return words.length === 0 ? {} : { note: words.join('. ') };
}

function toneOf({ kind }: HistoryEvent): { tone?: 'good' | 'bad' } {
  if (kind === 'approved') return { tone: 'good' };
  return kind === 'refused' ? { tone: 'bad' } : {};
}

const isDecision = ({ kind }: HistoryEvent) =>
  kind === 'approved' || kind === 'returned' || kind === 'refused';
