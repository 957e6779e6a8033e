import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Template } from '#src/decrees/template.ts';
import { findTemplate, keptWordsIn } from '#src/decrees/words.ts';
import { getChange, incomingName, type Change } from '#src/roster-changes/change.ts';
import { endReasonLabel } from '#src/roster-changes/rules.ts';
import { findBoardOn } from '#src/roster-changes/seats.ts';

/** Everything that a Keputusan Lurah says, before it is laid out. */
export type Draft = {
  number: string | null;
  decreedOn: string | null;
  about: string;
  kelurahan: Office & { kecamatan: { name: string } };
  institution: { name: string; type: { id: number; name: string; legalBasis: string[] } };
  /** Set when the decree seats a whole board. */
  isBoard: boolean;
  term: { startsOn: string; endsOn: string | null } | null;
  appointed: DraftLine[];
  ended: DraftLine[];
  noting: string[];
  template: Template;
};
type Office = {
  name: string;
  address: string | null;
  headName: string | null;
  headRank: string | null;
  headNip: string | null;
};
export type DraftLine = {
  name: string;
  address: string;
  position: string;
  institution: string;
  reason: string | null;
};

const office = {
  name: true,
  address: true,
  headName: true,
  headRank: true,
  headNip: true,
  kecamatan: { select: { name: true } },
} as const;
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
      noteOf(rosterChange),
    ),
    template: kept ?? (await findTemplate(tx, type.id)),
  };
}

/** What the decree would say if a waiting proposal were approved as it stands. */
export async function draftOfChange(tx: Transaction, id: number): Promise<Draft> {
  const proposed = await getChange(tx, id);
  if (proposed.status !== 'submitted') throw notFound();
  const kelurahan = await tx.kelurahan.findUniqueOrThrow({
    where: { id: proposed.institution.kelurahan.id },
    select: office,
  });
  const { type, name } = proposed.institution;
  const isBoard = proposed.kind === 'new_board';
  const people = await peopleOf(tx, proposed);
  const board =
    proposed.effectiveOn && !isBoard
      ? await findBoardOn(tx, proposed.institution.id, proposed.effectiveOn)
      : null;
  return {
    number: null,
    decreedOn: null,
    about: `${proposed.title} ${name}`,
    kelurahan,
    institution: { name, type },
    isBoard,
    term: proposed.effectiveOn
      ? { startsOn: proposed.effectiveOn, endsOn: proposed.termEndsOn ?? board?.endsOn ?? null }
      : null,
    appointed: proposed.lines.flatMap((line) => {
      const fullName = incomingName(line);
      const details = line.candidate ?? people.get(line.incoming?.id ?? 0);
      return fullName === null
        ? []
        : [{ ...placed(line), name: fullName, address: addressOf(details), reason: null }];
    }),
    ended: proposed.lines.flatMap((line) =>
      line.outgoing
        ? [
            {
              ...placed(line),
              name: line.outgoing.name,
              address: addressOf(people.get(line.outgoing.personId)),
              reason: line.endReason && endReasonLabel(line.endReason),
            },
          ]
        : [],
    ),
    noting: [noteOf(proposed)],
    template: await findTemplate(tx, type.id),
  };

  function placed({ positionName }: Change['lines'][number]) {
    return { position: positionName, institution: name };
  }
}

/** One decree may carry several institutions: "RT 001/RW 007 dan RT 002/RW 007". */
function namesOf(rows: { institution: { name: string } }[]): string | null {
  const names = [...new Set(rows.map((row) => row.institution.name))];
  return names.length === 0 ? null : nameList.format(names);
}
const nameList = new Intl.ListFormat('id-ID', { type: 'conjunction' });

async function peopleOf(tx: Transaction, { lines }: Change) {
  const ids = lines.flatMap(({ incoming, outgoing }) => [
    ...(incoming ? [incoming.id] : []),
    ...(outgoing ? [outgoing.personId] : []),
  ]);
  const rows = await tx.person.findMany({
    where: { id: { in: ids } },
    select: { id: true, address: true, rtNumber: true, rwNumber: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

type Address = {
  address?: string | null | undefined;
  rtNumber?: number | null | undefined;
  rwNumber?: number | null | undefined;
};

const addressOf = (where: Address | undefined) =>
  [where?.address, format.territory(where?.rtNumber ?? null, where?.rwNumber ?? null)]
    .filter(Boolean)
    .join(', ');

type TenureRow = {
  endReason: string | null;
  person: { frontTitle: string | null; name: string; backTitle: string | null } & Address;
  institution: { name: string };
  seat: { label: string | null; number: number; positionType: { name: string } };
};

const lineOf = ({ person: who, seat, institution: where, endReason }: TenureRow): DraftLine => ({
  name: format.personName(who),
  address: addressOf(who),
  position:
    seat.label ??
    (seat.number > 1 ? `${seat.positionType.name} ${seat.number}` : seat.positionType.name),
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

function noteOf(proposal: {
  number: string | null;
  submittedAt: Date | null;
  makerName: string;
  reason: string | null;
}): string {
  const day =
    proposal.submittedAt && ` tanggal ${format.date(format.isoDate(proposal.submittedAt))}`;
  return `Usulan perubahan pengurus nomor ${proposal.number ?? '–'}${day ?? ''} dari ${proposal.makerName}: ${(proposal.reason ?? '').replace(/[.;\s]+$/, '')};`;
}
