import type { Request, Response } from 'express';
import { filterInWords } from '#src/follow-ups/filter.ts';
import type { FollowUpQuery } from '#src/follow-ups/form.ts';
import { readFollowUps } from '#src/follow-ups/list-pages.ts';
import { renderList } from '#src/follow-ups/list-view.ts';
import { lateness, ownerKindLabels, statusBadges } from '#src/follow-ups/rules.ts';
import type { FollowUpRow } from '#src/follow-ups/statements.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';
import { pillars, type Pillar } from '#src/trainings/rules.ts';

export const followUpFiles = listFiles(readList);

/** The follow-ups of the filter; null once a refused filter was answered. */
async function readList(req: Request, res: Response, form: Form<FollowUpQuery>) {
  const { input } = form;
  const whole = input ? { ...form, input: { ...input, halaman: 1 } } : form;
  const found = await readFollowUps(req, whole, exportedAtMost);
  if (!input || !found.form.input) {
    renderList(req, res, { ...found, pageSize: exportedAtMost });
    return null;
  }
  const today = format.today();
  return {
    name: 'Tindak lanjut',
    title: 'Daftar tindak lanjut dialog pelatihan dan pembinaan',
    audited: 'follow_ups',
    asOf: today,
    filter: filterInWords(found.form, found.choices),
    place: { kelurahan: input.kelurahan, kecamatan: null },
    count: countInWords(found.rows[0]?.total ?? 0, 'tindak lanjut'),
    columns: columnsOn(today),
    rows: found.rows,
  };
}

/** What a row needs several columns for in the sheet stands together on paper. */
const columnsOn = (today: string): ListColumn<FollowUpRow>[] => [
  { label: 'Tindak lanjut', width: 60, paper: 44, of: ({ text }) => text },
  { label: 'Penanggung jawab', width: 32, paper: 24, of: ({ ownerName }) => ownerName },
  {
    label: 'Jenis penanggung jawab',
    width: 22,
    of: ({ ownerKind }) => ownerKindLabels[ownerKind],
  },
  { label: 'Tenggat', width: 14, paper: 13, kind: 'date', of: ({ dueOn }) => dueOn },
  { label: 'Status', width: 22, of: ({ status }) => statusBadges[status].label },
  { label: 'Keterlambatan', width: 20, of: (row) => lateness(row, today) },
  {
    label: 'Status',
    paper: 18,
    of: (row) =>
      together(statusBadges[row.status].label, lateness(row, today)?.toLowerCase() ?? null),
  },
  { label: 'Diminta oleh', width: 26, of: ({ askerName }) => askerName },
  { label: 'Lembaga', width: 26, of: ({ institutionName }) => institutionName || null },
  {
    label: 'Diminta oleh',
    paper: 24,
    of: ({ askerName, institutionName }) => together(askerName, institutionName),
  },
  { label: 'Kelurahan', width: 20, paper: 16, of: ({ kelurahanName }) => kelurahanName },
  { label: 'Pelatihan', width: 40, paper: 24, of: ({ trainingTitle }) => trainingTitle },
  { label: 'Pilar', width: 14, of: ({ pillar }) => pillar && pillars[pillar as Pillar] },
];

const together = (...words: (string | null)[]) => words.filter(Boolean).join(', ') || null;
