import * as format from '#src/format.ts';
import { knowsMinute, standingBadges } from '#src/attendance/rules.ts';
import type { SheetHead, SheetLine } from '#src/attendance/sheet-statements.ts';
import type { Block, Cell, Column, Paper } from '#src/pdf/paper.ts';
import { letterheadOf, place } from '#src/pdf/signatories.ts';

/** The attendance sheet of a session on paper, to be signed or as it was recorded, in the columns of domain.md 5.5. */

export type FoundSheet = { head: SheetHead; lines: readonly SheetLine[]; exporter: string };

export function attendancePaper({
  head,
  lines,
  exporter,
  isFilled,
}: FoundSheet & { isFilled: boolean }): Paper {
  const day = format.dayOf(head.startsAt);
  return {
    title: `Daftar hadir ${head.title}`,
    orientation: 'portrait',
    asOf: day,
    footer: `Daftar hadir ${format.shortDate(day)}. Dicetak dari Portal LKK oleh ${exporter}`,
    blocks: [
      letterheadOf({
        kecamatan: head.kecamatanName,
        kelurahan: head.kelurahanName,
        address: head.address,
      }),
      { kind: 'heading', level: 1, text: 'DAFTAR HADIR' },
      { kind: 'text', text: head.title, align: 'center', bold: true },
      { kind: 'space', millimetres: 3 },
      {
        kind: 'clauses',
        clauses: [
          fact('Hari, waktu', format.span(head.startsAt, head.endsAt)),
          fact('Tempat', head.venue),
          fact('Acara', head.topic),
          ...(head.speakers ? [fact('Narasumber', head.speakers)] : []),
        ],
      },
      {
        kind: 'table',
        columns: columnsOf(isFilled),
        rows: isFilled
          ? lines.map((line) => cellsOf(line, standingOf(line)))
          : [...lines.map((line) => cellsOf(line, '', `${line.number}.`)), ...spareRows(lines)],
        ...(isFilled ? {} : { rowHeight: 10 }),
      },
      ...(isFilled ? [{ kind: 'text' as const, text: countsOf(lines) }] : []),
      { kind: 'space', millimetres: 4 },
      signature(head, day),
    ],
  };
}

const fact = (label: string, text: string) => ({ label, items: [{ mark: '', text }] });

/** The phone is left to be written: the sheet goes through the room, and the last digits are the proof at the door. */
const columnsOf = (isFilled: boolean): Column[] => [
  { label: 'No.', width: 8, align: 'right' },
  { label: 'Nama', width: 40 },
  { label: 'L/P', width: 7, align: 'center' },
  { label: 'Unsur/LKK', width: 28 },
  { label: 'Jabatan', width: 23 },
  { label: 'Alamat/Kelurahan', width: 23 },
  ...(isFilled
    ? [{ label: 'Kehadiran', width: 30 }]
    : [
        { label: 'No. HP', width: 23 },
        { label: 'Tanda tangan', width: 36, zigzag: true as const },
      ]),
];

const cellsOf = (line: SheetLine, ...rest: Cell[]): Cell[] => [
  line.number,
  line.delegateName ? `${line.name}\nDiwakili ${line.delegateName}` : line.name,
  line.sex ?? '',
  line.institutionName,
  line.positionName,
  line.kelurahanName,
  ...rest,
];

/** For whoever comes without an invitation: a tenth of the list, five lines at least, a page of them without a list. */
function spareRows(lines: readonly SheetLine[]): Cell[][] {
  const count = lines.length === 0 ? 20 : Math.max(5, Math.ceil(lines.length / 10));
  const first = (lines.at(-1)?.number ?? 0) + 1;
  return Array.from({ length: count }, (_, index) => [
    first + index,
    '',
    '',
    '',
    '',
    '',
    '',
    `${first + index}.`,
  ]);
}

function standingOf({ status, method, recordedAt }: SheetLine): string {
  const { label } = standingBadges[status];
  const isHere = status === 'present' || status === 'late';
  const hasMinute = isHere && method !== null && knowsMinute(method) && recordedAt !== null;
  return hasMinute ? `${label}, ${format.clock(recordedAt)}` : label;
}

function countsOf(lines: readonly SheetLine[]): string {
  const of = (...wanted: SheetLine['status'][]) =>
    format.number(lines.filter(({ status }) => wanted.includes(status)).length);
  return [
    `Pada daftar: ${format.number(lines.length)} orang. Hadir: ${of('present', 'late')}`,
    `(terlambat ${of('late')}). Izin: ${of('excused')}. Absen: ${of('absent')}.`,
    `Belum dicatat: ${of('unrecorded')}.`,
  ].join(' ');
}

/** Whoever signs the training's papers, or the head of the office that organises it. */
function signature(head: SheetHead, day: string): Block {
  const named = head.signatoryTitle || head.signatoryName;
  return {
    kind: 'signatures',
    left: null,
    right: {
      above: [`${place()}, ${format.date(day)}`, 'Penanggung jawab,'],
      office: head.signatoryTitle || officeOf(head),
      name: named ? head.signatoryName || null : head.headName,
      rank: named ? head.signatoryRank || null : head.headRank,
      nip: named ? head.signatoryNip || null : head.headNip,
    },
  };
}

const officeOf = ({ organiserKind, kelurahanName, kecamatanName }: SheetHead) =>
  ({
    city: 'Kepala Perangkat Daerah',
    kecamatan: `Camat ${kecamatanName ?? ''}`.trim(),
    kelurahan: `Lurah ${kelurahanName ?? ''}`.trim(),
  })[organiserKind];
