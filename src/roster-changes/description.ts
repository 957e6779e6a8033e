import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { maskNik, openLineNik } from '#src/people/nik.ts';
import { checkChange } from '#src/roster-changes/checks.ts';
import { listEducationLevels, listOccupations } from '#src/roster-changes/nominees.ts';
import { type Change, type ChangeLine, incomingName } from '#src/roster-changes/change.ts';
import { endReasons, isEndReason, statusBadge } from '#src/roster-changes/rules.ts';
import { listSeatsOn } from '#src/roster-changes/seats.ts';

/** Everything that the pages of one proposal show. */
export async function describe(tx: Transaction, change: Change) {
  const levels = await listEducationLevels(tx);
  const occupations = await listOccupations(tx);
  const seatsBefore = await listSeatsOn(tx, change.institution.id, dayBefore(change));
  return {
    change,
    rows: change.lines.map((line) => ({
      label: line.positionName,
      before:
        line.outgoing?.name ??
        seatsBefore.find(({ id }) => id === line.seatId)?.holder?.name ??
        null,
      after: incomingName(line),
      endReason: line.endReason && isEndReason(line.endReason) ? endReasons[line.endReason] : null,
    })),
    candidates: change.lines.flatMap((line) =>
      line.candidate
        ? [
            {
              seatId: line.seatId,
              positionName: line.positionName,
              name: incomingName(line),
              facts: factsOf(line, {
                education:
                  levels.find(({ code }) => code === line.candidate?.educationLevel)?.label ?? null,
                occupation:
                  occupations.find(({ code }) => code === line.candidate?.occupation)?.label ??
                  null,
              }),
            },
          ]
        : [],
    ),
    minutes: minutesInWords(change),
    checks: await checkChange(tx, change),
    statusBadge,
  };
}

/** "Nomor 01/BA/2026, 20 Mei 2026", or what is known of it. */
const minutesInWords = ({ minutesNumber, minutesOn }: Change) =>
  [minutesNumber && `Nomor ${minutesNumber}`, minutesOn && format.date(minutesOn)]
    .filter(Boolean)
    .join(', ');

/** The roster that a proposal starts from: today's, or once it is applied that of the day before it took effect. */
const dayBefore = ({ status, effectiveOn }: Change) =>
  status === 'approved' && effectiveOn ? format.lastDay(effectiveOn) : format.today();

function factsOf(
  { candidate, ...line }: ChangeLine,
  names: { education: string | null; occupation: string | null },
) {
  const birth = [candidate?.birthPlace, candidate?.birthDate && format.date(candidate.birthDate)]
    .filter(Boolean)
    .join(', ');
  const territory = format.territory(candidate?.rtNumber ?? null, candidate?.rwNumber ?? null);
  return [
    ...(line.candidatePersonId === null
      ? []
      : [{ label: 'Data orang', value: 'Memakai data orang yang sudah tercatat' }]),
    { label: 'Jenis kelamin', value: candidate?.sex === 'female' ? 'Perempuan' : 'Laki-laki' },
    { label: 'NIK', value: maskedNik({ ...line, candidate: candidate ?? null }) },
    { label: 'Tempat, tanggal lahir', value: birth || null },
    { label: 'Pendidikan', value: names.education },
    { label: 'Pekerjaan', value: names.occupation },
    { label: 'Nomor HP', value: candidate?.phone ? format.phone(candidate.phone) : null },
    { label: 'Alamat', value: [candidate?.address, territory].filter(Boolean).join(', ') || null },
  ];
}

/** The NIK as the proposal's pages show it. */
export const maskedNik = (line: ChangeLine) =>
  line.candidateNikSealed ? maskNik(openLineNik(line.candidateNikSealed, line.id)) : null;
