import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { exportedAtMost, type ExportRow } from '#src/institutions/listing.ts';
import { statusBadge } from '#src/institutions/rules.ts';
import type { Block, Paper } from '#src/pdf/paper.ts';
import {
  letterheadOf,
  notesOf,
  signatureBlock,
  type Head,
  type SignatoryChoice,
} from '#src/pdf/signatories.ts';

export type OfficeOfList = {
  kecamatan: Head | null;
  kelurahan: Head | null;
  address: string | null;
};
type About = {
  today: string;
  filter: string;
  exporter: string;
  office: OfficeOfList;
  signatory: SignatoryChoice;
};

/** The office's letterhead, the title, and what a printed list says of itself. */
export const listHead = (title: string, office: OfficeOfList, notes: string[]): Block[] => [
  letterheadOf({
    kecamatan: office.kecamatan?.name ?? null,
    kelurahan: office.kelurahan?.name ?? null,
    address: office.address,
  }),
  { kind: 'heading', level: 1, text: title.toUpperCase() },
  ...notesOf(notes),
];

/** The list of institutions on paper; `rows` may hold one more than is allowed, to know that there are more. */
export function listPaper(
  rows: ExportRow[],
  { today, filter, exporter, office, signatory }: About,
): Paper {
  const kept = rows.slice(0, exportedAtMost);
  const title = 'Daftar lembaga kemasyarakatan kelurahan';
  return {
    title,
    orientation: 'landscape',
    asOf: today,
    footer: `Keadaan ${format.date(today)}. Diunduh dari Portal LKK oleh ${exporter}`,
    blocks: [
      ...listHead(title, office, [
        `Keadaan ${format.date(today)} · saringan: ${filter}`,
        rows.length > kept.length
          ? `${format.number(kept.length)} lembaga pertama; persempit saringan untuk sisanya`
          : `${format.number(kept.length)} lembaga`,
      ]),
      {
        kind: 'table',
        columns: [
          { label: 'No.', width: 4, align: 'right' },
          { label: 'Lembaga', width: 20 },
          { label: 'Jenis', width: 17 },
          { label: 'Kelurahan', width: 14 },
          { label: 'Ketua', width: 22 },
          { label: 'Mulai', width: 11, group: 'Masa bakti' },
          { label: 'Akhir', width: 11, group: 'Masa bakti' },
          { label: 'Nomor', width: 21, group: 'Keputusan' },
          { label: 'Tanggal', width: 11, group: 'Keputusan' },
          { label: 'Status', width: 14 },
          { label: 'Lengkap', width: 7, align: 'right' },
        ],
        rows: kept.map((row, index) => [
          index + 1,
          row.name,
          row.typeName,
          row.kelurahanName,
          chairOf(row),
          row.startsOn && format.numericDate(row.startsOn),
          row.termEndsOn === null || row.termEndsOn === 'infinity'
            ? null
            : format.numericDate(format.lastDay(row.termEndsOn)),
          row.decreeNumber,
          row.decreedOn && format.numericDate(row.decreedOn),
          statusBadge(row, today).label,
          `${row.percent}%`,
        ]),
      },
      ...signatureBlock(
        signatory === 'lurah' && !office.kelurahan ? 'camat' : signatory,
        { lurah: office.kelurahan, camat: office.kecamatan },
        today,
      ),
    ],
  };
}

const chairOf = (row: ExportRow) => {
  if (!row.chairInOffice) return 'Kosong';
  return row.chairActing ? `Plt. ${row.chairName ?? ''}` : row.chairName;
};

const head = { name: true, headName: true, headRank: true, headNip: true, address: true } as const;

/** The office whose letter the list is: of the chosen place, or of the account's own. */
export async function officeOfList(
  tx: Transaction,
  asked: { kelurahan: string | null; kecamatan: string | null },
  account: SignedInAccount,
): Promise<OfficeOfList> {
  const kelurahan =
    asked.kelurahan || account.kelurahanId
      ? await tx.kelurahan.findFirst({
          where: asked.kelurahan ? { code: asked.kelurahan } : { id: account.kelurahanId ?? 0 },
          select: { ...head, kecamatan: { select: head } },
        })
      : null;
  if (kelurahan) return { kelurahan, kecamatan: kelurahan.kecamatan, address: kelurahan.address };
  const kecamatan =
    asked.kecamatan || account.kecamatanId
      ? await tx.kecamatan.findFirst({
          where: asked.kecamatan ? { code: asked.kecamatan } : { id: account.kecamatanId ?? 0 },
          select: head,
        })
      : null;
  return { kelurahan: null, kecamatan, address: kecamatan?.address ?? null };
}
