import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { finishRows, planOf, type GoodRow } from '#src/imports/applying.ts';
import { institutionGone, RowRefused } from '#src/imports/refused-rows.ts';
import { openImportNik, sealLineNik } from '#src/people/nik.ts';
import { getChange } from '#src/roster-changes/change.ts';
import {
  insertChange,
  moveChange,
  nextNumber,
  updateLine,
  type NewLine,
} from '#src/roster-changes/repository.ts';
import type { ChangeKind } from '#src/roster-changes/rules.ts';
import { findInstitution, listSeatsOn } from '#src/roster-changes/seats.ts';
import type { Batch } from '#src/imports/repository.ts';

/**
 * New holders of seats become one proposal per institution, and each who stands in one of their own, sent to the lurah in
 * the name of whoever imported the file.
 */
export const proposeChanges =
  (batch: Batch, maker: Pick<SignedInAccount, 'id' | 'displayName'>) =>
  async (tx: Transaction, rows: GoodRow[]): Promise<void> => {
    const institutionId = rows[0] && planOf(rows[0]).institutionId;
    if (!institutionId) throw new Error(`Rows of import ${batch.id} without an institution`);
    const institution = await findInstitution(tx, institutionId);
    if (!institution) throw new RowRefused(institutionGone);
    const seats = new Map<number, GoodRow>();
    for (const row of rows) seats.set(await seatFor(tx, institution, row), row);
    const lines = await linesFor(tx, institution.id, seats);
    const id = await insertChange(tx, {
      institution,
      kind: kindOf(rows),
      subject: seats.size === 1 ? `seat:${[...seats.keys()].join('')}` : 'board',
      maker,
      lines,
    });
    await nameCandidates(tx, id, seats);
    await send(tx, id, { batch, rows });
    await finishRows(
      tx,
      rows.map((row) => ({ id: row.id, result: 'proposed', changeId: id })),
    );
  };

/** Each seat with whoever leaves it: its holder, or who stands in while it is vacant, as the preview said. */
async function linesFor(
  tx: Transaction,
  institutionId: number,
  rows: Map<number, GoodRow>,
): Promise<NewLine[]> {
  const seats = await listSeatsOn(tx, institutionId);
  return [...rows].map(([seatId, row]) => {
    const { kind, leaving } = planOf(row);
    if (kind !== 'fill') return { seatId, ...(leaving && { outgoingTenureId: leaving.tenureId }) };
    const now = seats.find(({ id }) => id === seatId)?.acting;
    if (now?.tenureId !== leaving?.tenureId) throw new RowRefused(otherStandIn);
    return { seatId, ...(now && { outgoingTenureId: now.tenureId }) };
  });
}

const otherStandIn =
  'Pelaksana (Plt.) jabatan ini berubah sejak berkas diperiksa. Unggah lagi berkasnya untuk memeriksa dari awal';

function kindOf(rows: GoodRow[]): ChangeKind {
  const kinds = new Set(rows.map((row) => planOf(row).kind));
  return (['acting', 'replace'] as const).find((kind) => kinds.has(kind)) ?? 'fill';
}

async function nameCandidates(tx: Transaction, changeId: number, seats: Map<number, GoodRow>) {
  const change = await getChange(tx, changeId);
  for (const line of change.lines) {
    const row = seats.get(line.seatId);
    if (!row) continue;
    const { personId, facts: known } = planOf(row);
    const { sex, ...facts } = known;
    const nik = row.nikSealed ? openImportNik(row.nikSealed, row.id) : null;
    await updateLine(tx, change, line, {
      candidate: { ...facts, ...(sex ? { sex } : {}) },
      ...(personId ? { candidatePersonId: personId } : {}),
      nik:
        nik === null || row.nikIndex === null
          ? null
          : { sealed: sealLineNik(nik, line.id), index: row.nikIndex },
    });
  }
}

/** In force from the latest start that the file names, else from today; whoever stands in may leave before the board. */
async function send(
  tx: Transaction,
  id: number,
  { batch, rows }: { batch: Batch; rows: GoodRow[] },
) {
  const starts = rows.flatMap((row) => planOf(row).startOn ?? []).toSorted();
  const change = await getChange(tx, id);
  const [first] = rows;
  const endsOn = change.kind === 'acting' && first ? planOf(first).endsOn : null;
  await moveChange(tx, change, {
    status: 'submitted',
    number: await nextNumber(tx),
    submittedAt: new Date(),
    effectiveOn: format.prismaDate(starts.at(-1) ?? format.today()),
    termEndsOn: endsOn === null ? null : format.prismaDate(endsOn),
    reason:
      `Impor berkas ${batch.fileName}, baris ${rows.map(({ rowNumber }) => rowNumber).join(', ')}`.slice(
        0,
        500,
      ),
  });
}

type Place = { id: number; kelurahanId: number };

/** The seat of a row; one that the file brings, such as "Seksi Keamanan", is made first. */
export async function seatFor(tx: Transaction, institution: Place, row: GoodRow): Promise<number> {
  const { seatId, positionTypeId, label } = planOf(row);
  if (seatId !== null) return seatId;
  const { institutionTypeId } = await tx.positionType.findUniqueOrThrow({
    where: { id: positionTypeId },
    select: { institutionTypeId: true },
  });
  const place = { institutionId: institution.id, positionTypeId };
  const last = await tx.seat.findFirst({
    where: place,
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const seat = await tx.seat.create({
    data: {
      ...place,
      kelurahanId: institution.kelurahanId,
      institutionTypeId,
      number: (last?.number ?? 0) + 1,
      label,
    },
    select: { id: true },
  });
  return seat.id;
}
