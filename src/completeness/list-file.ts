import type { Request, Response } from 'express';
import { filterInWords } from '#src/completeness/filter.ts';
import type { CompletenessFilter } from '#src/completeness/form.ts';
import { renderRefused } from '#src/completeness/pages.ts';
import { cycleOn, listQuery, type ListRow } from '#src/completeness/repository.ts';
import {
  attestationBadge,
  gapCodes,
  gapLabels,
  gapsInWords,
  type Cycle,
} from '#src/completeness/rules.ts';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import { choicesFrom, filterChoices, refuseUnknown } from '#src/institutions/choices.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { exportedAtMost, keptInFile } from '#src/spreadsheets.ts';

export const completenessFiles = listFiles(readCompleteness);

/** The institutions of the filter with what they lack; null once a refused filter was answered. */
async function readCompleteness(req: Request, res: Response, form: Form<CompletenessFilter>) {
  const today = format.today();
  const [[cycle = null], offered] = await readAs(
    actorOf(req),
    cycleOn(today),
    filterChoices(form.input?.kelurahan ?? null),
  );
  const choices = choicesFrom(offered);
  const known = refuseUnknown(form, choices, 'jenis');
  const { input } = known;
  if (!input) {
    await renderRefused(req, res, known);
    return null;
  }
  const found = await asActor(actorOf(req), (tx) =>
    tx.$queryRaw<ListRow[]>(listQuery({ ...input, today }, exportedAtMost + 1, 0)),
  );
  return {
    name: 'Kelengkapan',
    title: 'Kelengkapan dan kemutakhiran data lembaga',
    audited: 'institution_summaries',
    asOf: today,
    filter: filterInWords(form.values, choices),
    place: input,
    ...keptInFile(found, 'lembaga'),
    columns: columnsFor(cycle, today),
  };
}

const columnsFor = (cycle: Cycle | null, today: string): ListColumn<ListRow>[] => [
  { label: 'Lembaga', width: 32, paper: 24, of: ({ name }) => name },
  { label: 'Jenis', width: 28, paper: 22, of: ({ typeName }) => typeName },
  { label: 'Kelurahan', width: 20, paper: 17, of: ({ kelurahanName }) => kelurahanName },
  {
    label: 'Kelengkapan (%)',
    width: 16,
    paper: 12,
    kind: 'number',
    of: ({ percent }) => percent,
  },
  { label: 'Isian terisi', width: 12, kind: 'number', of: ({ filled }) => filled },
  { label: 'Isian seharusnya', width: 16, kind: 'number', of: ({ expected }) => expected },
  {
    label: 'Hari sejak diubah atau dinyatakan',
    width: 20,
    paper: 13,
    kind: 'number',
    of: ({ days }) => days,
  },
  {
    label: cycle ? `Pernyataan ${cycle.name}` : 'Pernyataan data',
    width: 26,
    paper: 18,
    of: ({ state }) => cycle && attestationBadge(state, cycle.dueOn, today).label,
  },
  { label: 'Yang kurang', paper: 48, of: ({ gaps }) => gapsInWords(gaps) || 'Lengkap' },
  ...gapCodes.map((code): ListColumn<ListRow> => ({
    label: `Kosong: ${gapLabels[code]}`,
    width: 18,
    kind: 'number',
    of: ({ gaps }) => gaps[code],
  })),
];
