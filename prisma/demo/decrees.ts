import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Transaction } from '#src/database.ts';

const scan = path.join(import.meta.dirname, 'files/sk-ditandatangani.pdf');

/**
 * Decrees on paper: of the replacements that proposals brought, the earlier came back signed and scanned, the later
 * still waits for its signature; all others stand in older books without a scan.
 */
export async function loadDecrees(tx: Transaction): Promise<void> {
  const kelurahan = await tx.kelurahan.findUniqueOrThrow({
    where: { code: '35.74.04.1004' },
    select: { id: true },
  });
  await tx.decreeNumbering.create({
    data: { kelurahanId: kelurahan.id, pattern: '188.45/{urut}/425.504/{tahun}' },
  });
  const replacements = await tx.decree.findMany({
    where: { kelurahanId: kelurahan.id, decisions: { some: {} } },
    orderBy: { decreedOn: 'asc' },
    select: { id: true },
  });
  const waiting = replacements.at(-1);
  await tx.decree.updateMany({
    where: { status: 'numbered', id: { not: waiting?.id ?? 0 } },
    data: { status: 'signed' },
  });
  const [signed] = replacements;
  if (!signed || signed.id === waiting?.id) return;
  const { id: scanId } = await tx.document.create({
    data: {
      kelurahanId: kelurahan.id,
      name: 'SK Antarwaktu Bendahara.pdf',
      type: 'application/pdf',
      bytes: new Uint8Array(readFileSync(scan)),
    },
    select: { id: true },
  });
  await tx.decree.update({
    where: { id: signed.id },
    data: { scanId, signedAt: new Date(), version: { increment: 1 } },
  });
}
