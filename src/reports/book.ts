import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { kindNames } from '#src/officers/rules.ts';
import type { Paper } from '#src/pdf/paper.ts';
import {
  letterheadOf,
  notesOf,
  signatureBlock,
  type SignatoryChoice,
} from '#src/pdf/signatories.ts';
import type { Sheet } from '#src/spreadsheets.ts';

/** Buku E.1, "Data Pengurus dan Anggota Lembaga Kemasyarakatan" (Permendagri 34/2007), of one kelurahan. */

type BookRow = {
  institutionName: string;
  decreedOn: string | null;
  decreeNumber: string | null;
  personName: string;
  birthDate: string | null;
  education: string | null;
  position: string;
  kind: string;
};
export type Book = Awaited<ReturnType<typeof readBook>>;

/** Everybody in office on the day, by institution. */
export async function readBook(
  tx: Transaction,
  { kelurahanId, day }: { kelurahanId: number; day: string },
) {
  const kelurahan = await tx.kelurahan.findUnique({
    where: { id: kelurahanId },
    select: {
      id: true,
      name: true,
      address: true,
      headName: true,
      headRank: true,
      headNip: true,
      kecamatan: { select: { name: true, headName: true, headRank: true, headNip: true } },
    },
  });
  if (!kelurahan) throw notFound();
  const rows = await tx.$queryRaw<BookRow[]>`
    SELECT i.name AS "institutionName", d.decreed_on::text AS "decreedOn", d.number AS "decreeNumber",
      concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS "personName",
      q.birth_date::text AS "birthDate", l.label AS education,
      COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS position, t.kind
    FROM tenures t
    JOIN institutions i ON i.id = t.institution_id AND i.status NOT IN ('dissolved', 'merged')
    JOIN institution_types y ON y.id = i.institution_type_id
    JOIN people q ON q.id = t.person_id
    JOIN seats e ON e.id = t.seat_id
    JOIN position_types p ON p.id = t.position_type_id
    LEFT JOIN education_levels l ON l.code = q.education_level
    LEFT JOIN decrees d ON d.id = t.appointing_decree_id
    WHERE t.kelurahan_id = ${kelurahan.id} AND t.voided_at IS NULL AND t.valid @> ${day}::date
    ORDER BY y.sort_order, i.rw_number, i.rt_number, i.name, i.id, p.sort_order, e.number, t.id`;
  return { kelurahan, rows, day };
}

type About = { today: string; exporter: string };
const title = 'Buku data pengurus dan anggota lembaga kemasyarakatan';

export function bookPaper(
  { kelurahan, rows, day }: Book,
  { today, exporter, signatory }: About & { signatory: SignatoryChoice },
): Paper {
  return {
    title: `${title}, Kelurahan ${kelurahan.name}`,
    orientation: 'landscape',
    asOf: day,
    footer: `Keadaan ${format.date(day)}. Diunduh dari Portal LKK oleh ${exporter}`,
    blocks: [
      letterheadOf({
        kecamatan: kelurahan.kecamatan.name,
        kelurahan: kelurahan.name,
        address: kelurahan.address,
      }),
      { kind: 'heading', level: 1, text: `${title} (E.1)`.toUpperCase() },
      ...notesOf([
        `Kelurahan ${kelurahan.name} · keadaan ${format.date(day)} · ${format.number(rows.length)} pengurus`,
      ]),
      {
        kind: 'table',
        columns: [
          { label: 'Nomor', width: 6, align: 'right' },
          { label: 'Nama Lembaga', width: 19 },
          { label: 'Tanggal', width: 12, group: 'Keputusan' },
          { label: 'Nomor', width: 22, group: 'Keputusan' },
          { label: 'Nama', width: 24, group: 'Pengurus' },
          { label: 'Tanggal Lahir', width: 12, group: 'Pengurus' },
          { label: 'Pendidikan', width: 14, group: 'Pengurus' },
          { label: 'Agama', width: 7, group: 'Pengurus' },
          { label: 'Jabatan', width: 17, group: 'Pengurus' },
          { label: 'Keterangan', width: 12 },
        ],
        rows: rows.map((row, index) => lineOf(row, index, format.numericDate)),
      },
      ...signatureBlock(
        signatory,
        {
          lurah: kelurahan,
          camat: kelurahan.kecamatan,
        },
        today,
      ),
    ],
  };
}

export function bookSheet({ kelurahan, rows, day }: Book, { exporter }: About): Sheet {
  return {
    name: 'Buku E.1',
    title: `${title} (E.1), Kelurahan ${kelurahan.name}`,
    asOf: day,
    about: {
      filter: `Kelurahan ${kelurahan.name}`,
      exporter,
      count: `${format.number(rows.length)} pengurus`,
    },
    columns: [
      { label: 'Nomor', width: 8, number: true },
      { label: 'Nama Lembaga', width: 30 },
      { label: 'Keputusan: Tanggal', width: 16, date: true },
      { label: 'Keputusan: Nomor', width: 28 },
      { label: 'Pengurus: Nama', width: 34 },
      { label: 'Pengurus: Tanggal Lahir', width: 20, date: true },
      { label: 'Pengurus: Pendidikan', width: 24 },
      { label: 'Pengurus: Agama', width: 16 },
      { label: 'Pengurus: Jabatan', width: 28 },
      { label: 'Keterangan', width: 20 },
    ],
    rows: rows.map((row, index) => lineOf(row, index, (date) => date)),
  };
}

/** Agama stays empty: the portal does not keep it (UU 27/2022, specific personal data). */
const lineOf = (row: BookRow, index: number, dated: (date: string) => string) => [
  index + 1,
  row.institutionName,
  row.decreedOn && dated(row.decreedOn),
  row.decreeNumber,
  row.personName,
  row.birthDate && dated(row.birthDate),
  row.education,
  null,
  row.position,
  row.kind === 'definitive' ? null : (kindNames[row.kind] ?? row.kind),
];
