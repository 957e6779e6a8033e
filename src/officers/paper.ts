import * as format from '#src/format.ts';
import type { InstitutionHeader } from '#src/institutions/statements.ts';
import type { Board, RosterRow } from '#src/officers/repository.ts';
import { kindNames } from '#src/officers/rules.ts';
import type { SheetLine, Sight } from '#src/officers/sheet-lines.ts';
import type { Block, Paper } from '#src/pdf/paper.ts';
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
  /** Who they are, with what the account may see of it. */
  lines: SheetLine[];
  sight: Sight;
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
      ...personalFacts(about),
      ...signatureBlock(
        about.signatory,
        {
          lurah: { ...header, name: header.kelurahanName },
          ketua: {
            office: format.officeOf(
              format.heldPosition(chair?.kind ?? null, chair?.seatName ?? 'Ketua'),
              header.name,
            ),
            name: chair?.personName ?? null,
          },
        },
        today,
      ),
    ],
  };
}

/** Birth, home, education and work: the rest of the columns of domain.md 5.2, too many for one table on A4. */
function personalFacts({ lines, sight }: Pick<Source, 'lines' | 'sight'>): Block[] {
  // Whoever stands in for a second seat is one person.
  const known = lines.filter(
    ({ personId }, index) =>
      personId !== null && lines.findIndex((line) => line.personId === personId) === index,
  );
  if (known.length === 0) return [];
  const home = sight.privateFacts;
  return [
    { kind: 'heading', level: 2, text: 'Data diri pengurus' },
    {
      kind: 'table',
      columns: [
        { label: 'No.', width: 4, align: 'right' },
        { label: 'Nama', width: 24 },
        ...(home
          ? [
              { label: 'Tempat, tanggal lahir', width: 22 },
              { label: 'Alamat', width: 28 },
              { label: 'RT/RW', width: 9 },
            ]
          : []),
        { label: 'Pendidikan', width: 18 },
        { label: 'Pekerjaan', width: 22 },
      ],
      rows: known.map((line, index) => [
        index + 1,
        format.personName({ ...line, name: line.name ?? '' }),
        ...(home ? [birthOf(line), line.address, territoryOf(line)] : []),
        line.education,
        line.occupation,
      ]),
    },
  ];
}

const birthOf = ({ birthPlace, birthDate }: SheetLine) =>
  [birthPlace, birthDate && format.numericDate(birthDate)].filter(Boolean).join(', ');

const territoryOf = ({ rtNumber, rwNumber }: SheetLine) =>
  [rtNumber, rwNumber]
    .map((number) => (number === null ? '–' : String(number).padStart(3, '0')))
    .join('/')
    .replace('–/–', '');

const termInWords = ({ startsOn, endsOn, decreeNumber }: Board) =>
  `Masa bakti ${format.term(startsOn, endsOn)}${decreeNumber === null ? '' : `, SK nomor ${decreeNumber}`}`;

/** What a definitive officer in office does not need. */
function remarkOf(row: RosterRow): string {
  if (row.kind === null) return 'Kosong';
  if (row.overdue) return 'Habis, belum diganti';
  return row.kind === 'definitive' ? '' : (kindNames[row.kind] ?? row.kind);
}
