import type { Transaction } from '#src/database.ts';
import { insertVerdicts } from '#src/duplicates/repository.ts';
import { prismaDate } from '#src/format.ts';
import { sealNik, openLineNik } from '#src/people/nik.ts';
import type { Change, ChangeLine } from '#src/roster-changes/change.ts';
import { findPeopleByNik } from '#src/roster-changes/nominees.ts';

/** The person whom the maker recognised or who has this NIK, wherever in the city they are known, or a new one; null when the seat stays vacant. */
export async function keepCandidate(
  tx: Transaction,
  change: Change,
  line: ChangeLine,
): Promise<number | null> {
  const { candidate } = line;
  if (!candidate?.name || !candidate.sex) return null;
  if (line.candidatePersonId !== null) return line.candidatePersonId;
  const [known] = line.candidateNikIndex
    ? (await findPeopleByNik(tx, [line.candidateNikIndex])).values()
    : [];
  if (known !== undefined) return known;
  const [row] = await tx.$queryRaw<
    { id: number }[]
  >`SELECT nextval(pg_get_serial_sequence('people', 'id'))::int AS id`;
  if (!row) throw new Error('people has no sequence');
  const nik = line.candidateNikSealed ? openLineNik(line.candidateNikSealed, line.id) : null;
  await tx.person.create({
    data: {
      id: row.id,
      ...detailsOf(line),
      name: candidate.name,
      sex: candidate.sex,
      nikSealed: nik === null ? null : sealNik(nik, row.id),
      nikIndex: line.candidateNikIndex,
      kelurahanId: change.institution.kelurahan.id,
      kelurahanIds: [change.institution.kelurahan.id],
      institutionIds: [change.institution.id],
    },
    select: { id: true },
  });
  await insertVerdicts(tx, row.id, candidate.differs ?? [], {
    id: change.makerId,
    displayName: change.makerName,
  });
  return row.id;
}

/** What the proposal knows and the record of a known person does not; what is there already is not overwritten. */
export async function fillGaps(tx: Transaction, personId: number, line: ChangeLine) {
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: {
      frontTitle: true,
      backTitle: true,
      birthPlace: true,
      birthDate: true,
      phone: true,
      address: true,
      rtNumber: true,
      rwNumber: true,
      educationLevel: true,
      occupation: true,
      nikIndex: true,
      nikSealed: true,
    },
  });
  if (!person) return;
  const details = { ...detailsOf(line), ...nikFor(personId, line) };
  const gaps = Object.entries(details).filter(
    ([name, value]) => value !== null && Reflect.get(person, name) === null,
  );
  if (gaps.length === 0) return;
  await tx.person.update({
    where: { id: personId },
    data: { ...Object.fromEntries(gaps), version: { increment: 1 }, updatedAt: new Date() },
    select: { id: true },
  });
}

/** The NIK of the line, sealed for the person; nothing when none was typed. */
function nikFor(personId: number, line: ChangeLine) {
  if (!line.candidateNikSealed || !line.candidateNikIndex) return {};
  const nik = openLineNik(line.candidateNikSealed, line.id);
  return { nikIndex: new Uint8Array(line.candidateNikIndex), nikSealed: sealNik(nik, personId) };
}

function detailsOf({ candidate }: ChangeLine) {
  return {
    frontTitle: candidate?.frontTitle ?? null,
    backTitle: candidate?.backTitle ?? null,
    birthPlace: candidate?.birthPlace ?? null,
    birthDate: candidate?.birthDate ? prismaDate(candidate.birthDate) : null,
    phone: candidate?.phone ?? null,
    address: candidate?.address ?? null,
    rtNumber: candidate?.rtNumber ?? null,
    rwNumber: candidate?.rwNumber ?? null,
    educationLevel: candidate?.educationLevel ?? null,
    occupation: candidate?.occupation ?? null,
  };
}
