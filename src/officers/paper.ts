import * as format from '#src/format.ts';
import type { InstitutionHeader } from '#src/institutions/statements.ts';
import type { Board, RosterRow } from '#src/officers/repository.ts';
import { kindNames } from '#src/officers/rules.ts';
import type { Paper } from '#src/pdf/paper.ts';
import {
  letterheadOf,
  notesOf,
  signatureBlock,
  type SignatoryChoice,
} from '#src/pdf/signatories.ts';

type Source = {
  header: InstitutionHeader;
  roster: RosterRow[];
  board: Board | null;
  day: string;
  today: string;
  exporter: string;
  phones: boolean;
  signatory: SignatoryChoice;
};

/** The roster of a day on paper, vacant seats included. */
export function rosterPaper({ header, roster, board, day, today, ...about }: Source): Paper {
  const held = roster.filter(({ personId }) => personId !== null).length;
  const title = `Daftar pengurus ${header.name}`;
  const chair = roster.find(({ isChair, personId }) => isChair && personId !== null);
  return {
    title: `${title}, Kelurahan ${header.kelurahanName}`,
    orientation: 'landscape',
    asOf: day,
    footer: `Keadaan ${format.date(day)}. Diunduh dari Portal LKK oleh ${about.exporter}`,
    blocks: [
      letterheadOf({
        kecamatan: header.kecamatanName,
        kelurahan: header.kelurahanName,
        address: header.kelurahanAddress,
      }),
      { kind: 'heading', level: 1, text: title.toUpperCase() },
      ...notesOf([
        `${board ? termInWords(board) : 'Belum ada masa bakti tercatat'} · keadaan ${format.date(day)} · ${held} pengurus, ${roster.length - held} jabatan kosong`,
      ]),
      {
        kind: 'table',
        columns: [
          { label: 'No.', width: 4, align: 'right' },
          { label: 'Nama', width: 24 },
          { label: 'L/P', width: 4, align: 'center' },
          { label: 'Jabatan', width: 18 },
          { label: 'Mulai', width: 10, group: 'Masa jabatan' },
          { label: 'Sampai', width: 10, group: 'Masa jabatan' },
          { label: 'Nomor', width: 20, group: 'Keputusan pengangkatan' },
          { label: 'Tanggal', width: 10, group: 'Keputusan pengangkatan' },
          ...(about.phones ? [{ label: 'Nomor HP', width: 13 }] : []),
          { label: 'Keterangan', width: 14 },
        ],
        rows: roster.map((row, index) => [
          index + 1,
          row.personName,
          row.sex && (row.sex === 'female' ? 'P' : 'L'),
          row.seatName,
          row.startOn && format.numericDate(row.startOn),
          row.endOn && format.numericDate(format.lastDay(row.endOn)),
          row.decreeNumber,
          row.decreedOn && format.numericDate(row.decreedOn),
          ...(about.phones ? [row.phone && format.phone(row.phone)] : []),
          remarkOf(row),
        ]),
      },
      ...signatureBlock(
        about.signatory,
        {
          lurah: { ...header, name: header.kelurahanName },
          ketua: { office: `Ketua ${header.name}`, name: chair?.personName ?? null },
        },
        today,
      ),
    ],
  };
}

const termInWords = ({ startsOn, endsOn, decreeNumber }: Board) =>
  `Masa bakti ${format.term(startsOn, endsOn)}${decreeNumber === null ? '' : `, SK nomor ${decreeNumber}`}`;

/** What a definitive officer in office does not need. */
function remarkOf(row: RosterRow): string {
  if (row.kind === null) return 'Kosong';
  if (row.overdue) return 'Habis, belum diganti';
  return row.kind === 'definitive' ? '' : (kindNames[row.kind] ?? row.kind);
}
