import type { Request, Response } from 'express';
import { city } from '#src/city.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';
import type { TrainingQuery } from '#src/trainings/form.ts';
import { choicesFrom, filterInWords, refuseUnknown } from '#src/trainings/list-filter.ts';
import { filterValues, renderTrainings } from '#src/trainings/list-pages.ts';
import { exportedTrainings, trainingChoices, type ExportedTraining } from '#src/trainings/lists.ts';
import { type Pillar, pillars, statusBadges } from '#src/trainings/rules.ts';

export const trainingFiles = listFiles(readTrainings);

/** The trainings of the filter; null once a refused filter was answered. */
async function readTrainings(req: Request, res: Response, form: Form<TrainingQuery>) {
  const [offered] = await readAs(actorOf(req), trainingChoices(city().timeZone));
  const choices = choicesFrom(offered);
  const checked = refuseUnknown(form, choices);
  const { input } = checked;
  if (!input) {
    renderTrainings(req, res, { form: checked, choices, rows: [] });
    return null;
  }
  const values = filterValues({ ...input, halaman: 1 }, exportedAtMost);
  const [rows] = await readAs(actorOf(req), exportedTrainings(...values));
  return {
    name: 'Pelatihan',
    title: 'Daftar pelatihan dan pembinaan LKK',
    audited: 'trainings',
    asOf: format.today(),
    filter: filterInWords(checked, choices),
    count: countInWords(rows[0]?.total ?? 0, 'pelatihan'),
    columns,
    rows,
  };
}

const columns: ListColumn<ExportedTraining>[] = [
  { label: 'Pelatihan', width: 48, paper: 30, of: ({ title }) => title },
  {
    label: 'Tanggal',
    width: 14,
    paper: 12,
    kind: 'date',
    of: ({ startsAt }) => startsAt && format.dayOf(startsAt),
  },
  { label: 'Tempat', width: 28, paper: 20, of: ({ venue }) => venue },
  { label: 'Status', width: 14, paper: 13, of: ({ status }) => statusBadges[status].label },
  { label: 'Penyelenggara', width: 30, paper: 20, of: ({ organiserName }) => organiserName },
  {
    label: 'Kelurahan',
    width: 36,
    paper: 22,
    of: ({ kelurahanNames }) => kelurahanNames.join(', ') || null,
  },
  { label: 'Pilar', width: 30, of: (row) => pillarsInWords(row) || null },
  { label: 'Sesi', width: 8, paper: 6, kind: 'number', of: ({ sessions }) => sessions ?? 0 },
  { label: 'Diundang', width: 11, paper: 10, kind: 'number', of: ({ invited }) => invited },
  { label: 'Hadir', width: 9, paper: 8, kind: 'number', of: ({ attended }) => attended },
  { label: 'Tindak lanjut', width: 14, paper: 9, kind: 'number', of: ({ promised }) => promised },
];

const pillarsInWords = (row: ExportedTraining) =>
  (Object.keys(pillars) as Pillar[])
    .filter((pillar) => row.pillars.includes(pillar))
    .map((pillar) => pillars[pillar])
    .join(', ');
