import * as format from '#src/format.ts';
import { lateness, ownerKindLabels, statusBadges } from '#src/follow-ups/rules.ts';
import type { FollowUpRow } from '#src/follow-ups/statements.ts';
import { listHead, type OfficeOfList } from '#src/institutions/list-paper.ts';
import type { Paper } from '#src/pdf/paper.ts';
import { signatureBlock, type SignatoryChoice } from '#src/pdf/signatories.ts';
import { countInWords, type Sheet } from '#src/spreadsheets.ts';
import { pillars, type Pillar } from '#src/trainings/rules.ts';

/** The list of follow-ups as .xlsx and on paper. */

type Found = {
  rows: FollowUpRow[];
  total: number;
  today: string;
  filter: string;
  exporter: string;
};
const title = 'Daftar tindak lanjut dialog pelatihan dan pembinaan';

export const followUpSheet = ({ rows, total, today, filter, exporter }: Found): Sheet => ({
  name: 'Tindak lanjut',
  title,
  asOf: today,
  about: { filter, exporter, count: countInWords(total, 'tindak lanjut') },
  columns: [
    { label: 'Tindak lanjut', width: 60 },
    { label: 'Penanggung jawab', width: 32 },
    { label: 'Jenis penanggung jawab', width: 22 },
    { label: 'Tenggat', width: 14, date: true },
    { label: 'Status', width: 22 },
    { label: 'Keterlambatan', width: 20 },
    { label: 'Diminta oleh', width: 26 },
    { label: 'Lembaga', width: 26 },
    { label: 'Kelurahan', width: 20 },
    { label: 'Pelatihan', width: 40 },
    { label: 'Pilar', width: 14 },
  ],
  rows: rows.map((row) => [
    row.text,
    row.ownerName,
    ownerKindLabels[row.ownerKind],
    row.dueOn,
    statusBadges[row.status].label,
    lateness(row, today),
    row.askerName,
    row.institutionName || null,
    row.kelurahanName,
    row.trainingTitle,
    row.pillar && pillars[row.pillar as Pillar],
  ]),
});

export const followUpPaper = ({
  rows,
  total,
  today,
  filter,
  exporter,
  office,
  signatory,
}: Found & { office: OfficeOfList; signatory: SignatoryChoice }): Paper => ({
  title,
  orientation: 'landscape',
  asOf: today,
  footer: `Keadaan ${format.date(today)}. Diunduh dari Portal LKK oleh ${exporter}`,
  blocks: [
    ...listHead(title, office, [
      `Keadaan ${format.date(today)} · saringan: ${filter}`,
      countInWords(total, 'tindak lanjut'),
    ]),
    {
      kind: 'table',
      columns: [
        { label: 'No.', width: 5, align: 'right' },
        { label: 'Tindak lanjut', width: 44 },
        { label: 'Penanggung jawab', width: 24 },
        { label: 'Tenggat', width: 13 },
        { label: 'Status', width: 18 },
        { label: 'Diminta oleh', width: 24 },
        { label: 'Kelurahan', width: 16 },
        { label: 'Pelatihan', width: 24 },
      ],
      rows: rows.map((row, index) => [
        index + 1,
        row.text,
        row.ownerName,
        format.numericDate(row.dueOn),
        [statusBadges[row.status].label, lateness(row, today)].filter(Boolean).join('. '),
        [row.askerName, row.institutionName].filter(Boolean).join(', '),
        row.kelurahanName,
        row.trainingTitle,
      ]),
    },
    ...signatureBlock(
      office.kelurahan || signatory === 'tanpa' ? signatory : 'camat',
      { lurah: office.kelurahan, camat: office.kecamatan },
      today,
    ),
  ],
});
