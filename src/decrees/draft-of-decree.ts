import type { Transaction } from '#src/database.ts';
import {
  type Draft,
  type DraftLine,
  office,
  type Address,
  addressOf,
  noteOf,
} from '#src/decrees/draft.ts';
import { findTemplate, keptWordsIn } from '#src/decrees/words.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { endReasonLabel } from '#src/roster-changes/rules.ts';

const institution = {
  name: true,
  institutionType: { select: { id: true, name: true, legalBasis: true } },
} as const;

const person = {
  frontTitle: true,
  name: true,
  backTitle: true,
  address: true,
  rtNumber: true,
  rwNumber: true,
} as const;

const tenure = {
  kind: true,
  startOn: true,
  plannedEndOn: true,
  endReason: true,
  person: { select: person },
  institution: { select: institution },
  seat: { select: { label: true, number: true, positionType: { select: { name: true } } } },
} as const;

const change = {
  number: true,
  submittedAt: true,
  makerName: true,
  reason: true,
  minutesNumber: true,
  minutesOn: true,
  institution: { select: { name: true } },
} as const;

const inOrder = [
  { institutionId: 'asc' },
  { positionTypeId: 'asc' },
  { seatId: 'asc' },
  { id: 'asc' },
] as const;

/** What a decree of the portal says: whom it seats and whom it ends, whatever number of proposals it carries. */
export async function draftOfDecree(tx: Transaction, id: number): Promise<Draft> {
  const decree = await tx.decree.findUnique({
    where: { id },
    select: {
      number: true,
      decreedOn: true,
      about: true,
      words: true,
      kelurahan: { select: office },
      boards: { select: { startsOn: true, endsOn: true, institution: { select: institution } } },
      appointed: { where: { voidedAt: null }, orderBy: [...inOrder], select: tenure },
      ended: { where: { voidedAt: null }, orderBy: [...inOrder], select: tenure },
      decisions: { select: { rosterChange: { select: change } } },
      endings: { select: { rosterChange: { select: change } } },
    },
  });
  if (!decree) throw notFound();
  const [board] = decree.boards;
  const [first] = [...decree.appointed, ...decree.ended];
  const place = first?.institution ?? board?.institution;
  if (!place) throw notFound();
  const started = board ?? decree.appointed[0];
  const { institutionType: type } = place;
  const name = namesOf([...decree.appointed, ...decree.ended, ...decree.boards]) ?? place.name;
  const kept = keptWordsIn(decree.words);
  return {
    number: decree.number,
    decreedOn: format.isoDate(decree.decreedOn),
    about: decree.about,
    kelurahan: decree.kelurahan,
    institution: { name, type: kept ? { ...type, legalBasis: kept.legalBasis } : type },
    isBoard: decree.boards.length > 0,
    term: started ? termOf(started) : null,
    appointed: decree.appointed.map(lineOf),
    ended: decree.ended.map(lineOf),
    noting: [...decree.decisions, ...decree.endings].map(({ rosterChange }) =>
      noteOf({
        ...rosterChange,
        minutesOn: rosterChange.minutesOn && format.isoDate(rosterChange.minutesOn),
      }),
    ),
    template: kept ?? (await findTemplate(tx, type.id)),
  };
}

/** One decree may carry several institutions: "RT 001/RW 007 dan RT 002/RW 007". */
function namesOf(rows: { institution: { name: string } }[]): string | null {
  const names = [...new Set(rows.map((row) => row.institution.name))];
  return names.length === 0 ? null : nameList.format(names);
}

const nameList = new Intl.ListFormat('id-ID', { type: 'conjunction' });

type TenureRow = {
  kind: string;
  endReason: string | null;
  person: { frontTitle: string | null; name: string; backTitle: string | null } & Address;
  institution: { name: string };
  seat: { label: string | null; number: number; positionType: { name: string } };
};

const lineOf = ({
  kind,
  person: who,
  seat,
  institution: where,
  endReason,
}: TenureRow): DraftLine => ({
  name: format.personName(who),
  address: addressOf(who),
  position: format.heldPosition(
    kind,
    seat.label ??
      (seat.number > 1 ? `${seat.positionType.name} ${seat.number}` : seat.positionType.name),
  ),
  institution: where.name,
  reason: endReason && endReasonLabel(endReason),
});

function termOf(
  row: { startsOn: Date; endsOn: Date | null } | { startOn: Date; plannedEndOn: Date | null },
) {
  const [startsOn, endsOn] =
    'startsOn' in row ? [row.startsOn, row.endsOn] : [row.startOn, row.plannedEndOn];
  return { startsOn: format.isoDate(startsOn), endsOn: endsOn && format.isoDate(endsOn) };
}
