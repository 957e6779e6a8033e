import * as format from '#src/format.ts';
import { knowsMinute, methodLabels, standingBadges } from '#src/attendance/rules.ts';
import type { FoundSheet } from '#src/attendance/sheet-paper.ts';
import { countInWords, type Sheet } from '#src/spreadsheets.ts';

const kindLabels = { officer: 'Diundang', guest: 'Tamu undangan', walk_in: 'Tanpa undangan' };

export const attendanceSheet = ({ head, lines, exporter }: FoundSheet, today: string): Sheet => ({
  name: 'Daftar hadir',
  title: `Daftar hadir ${head.title}`,
  asOf: today,
  about: {
    filter: `${head.topic}, ${format.span(head.startsAt, head.endsAt)}, ${head.venue}`,
    exporter,
    count: countInWords(lines.length, 'orang'),
  },
  columns: [
    { label: 'No', width: 6, number: true },
    { label: 'Nama', width: 34 },
    { label: 'L/P', width: 6 },
    { label: 'Unsur/LKK', width: 28 },
    { label: 'Jabatan', width: 22 },
    { label: 'Kelurahan', width: 22 },
    { label: 'Peserta', width: 16 },
    { label: 'Diwakili oleh', width: 28 },
    { label: 'Kehadiran', width: 16 },
    { label: 'Pukul', width: 12 },
    { label: 'Dicatat lewat', width: 26 },
  ],
  rows: lines.map((line) => [
    line.number,
    line.name,
    line.sex,
    line.institutionName || null,
    line.positionName || null,
    line.kelurahanName || null,
    kindLabels[line.kind],
    line.delegateName,
    standingBadges[line.status].label,
    line.method && knowsMinute(line.method) && line.recordedAt
      ? format.clock(line.recordedAt)
      : null,
    line.method && methodLabels[line.method],
  ]),
});
