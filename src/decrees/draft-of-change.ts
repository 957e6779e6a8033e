import type { Transaction } from '#src/database.ts';
import { type Draft, office, addressOf, noteOf } from '#src/decrees/draft.ts';
import { findTemplate } from '#src/decrees/words.ts';
import { heldPosition, officeOf } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { getChange, incomingName, type Change } from '#src/roster-changes/change.ts';
import { endReasonLabel } from '#src/roster-changes/rules.ts';
import { findBoardOn } from '#src/roster-changes/seats.ts';

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
    about: officeOf(proposed.title, name),
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
        : [
            {
              ...placed(line, proposed.kind),
              name: fullName,
              address: addressOf(details),
              reason: null,
            },
          ];
    }),
    ended: proposed.lines.flatMap((line) =>
      line.outgoing
        ? [
            {
              ...placed(line, line.outgoing.kind),
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

  function placed({ positionName }: Change['lines'][number], kind: string) {
    return { position: heldPosition(kind, positionName), institution: name };
  }
}

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
