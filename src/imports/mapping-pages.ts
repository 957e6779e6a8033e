import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, type Transaction } from '#src/database.ts';
import { institutionOfType } from '#src/format.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom } from '#src/http/request.ts';
import { columnOptions, type mappingForm, type SuggestionInput } from '#src/imports/form.ts';
import { columnFields, isColumnField, type ColumnField } from '#src/imports/labels.ts';
import { sampled, shownColumns, unusedIn } from '#src/imports/mapping-view.ts';
import { getBatch, rememberColumns, updateBatch, type Batch } from '#src/imports/repository.ts';
import { listRawRows } from '#src/imports/rows.ts';
import { isWhole, rowsLookedAt, type Told } from '#src/imports/rules.ts';
import { checkRows, inBackground } from '#src/imports/work.ts';
import { listTypes } from '#src/institutions/repository.ts';
import { openImportCells, sealImportCells } from '#src/people/nik.ts';

export async function mappingPage(req: Request, res: Response) {
  await showMapping(req, res, null);
}

export async function saveMapping(
  req: Request,
  res: Response,
  form: Form<z.output<typeof mappingForm>>,
) {
  const { input } = form;
  if (!input) return showMapping(req, res.status(422), form);
  const chosen: Record<string, unknown> = input;
  const { batch, types, rows } = await asActor(actorOf(req), async (tx) => ({
    batch: await getBatch(tx, idFrom(req)),
    types: await listTypes(tx),
    rows: await listRawRows(tx, idFrom(req), { after: 0, take: rowsLookedAt }),
  }));
  const mapping = batch.columns.map((_, index): ColumnField => {
    const field = chosen[`column${index}`];
    return typeof field === 'string' && isColumnField(field) ? field : 'ignore';
  });
  const { institutionId, institutionTypeId } = input;
  const told = { ...batch, mapping, institutionId, institutionTypeId, rows };
  const checked = withMappingErrors(form, told, types);
  if (!checked.input) return showMapping(req, res.status(422), checked);
  const location = await once(req, form, async (tx) => {
    await openAgain(tx, batch, {
      version: input.version,
      mapping,
      institutionId,
      institutionTypeId,
    });
    await rememberColumns(tx, batch, mapping);
    return `/impor/${batch.id}`;
  });
  const actor = actorOf(req);
  inBackground(() => checkRows(actor, batch.id));
  res.redirect(303, location);
}

/** Puts the word that was meant into the row, in every row that has the same mistake, and checks again. */
export async function acceptSuggestion(req: Request, res: Response, form: Form<SuggestionInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'suggestion');
  const id = idFrom(req);
  let isMended = false;
  try {
    await once(req, form, async (tx) => {
      const batch = await getBatch(tx, id);
      await openAgain(tx, batch, { version: input.version });
      await mend(tx, batch, input);
      isMended = true;
      return `/impor/${id}`;
    });
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 409) throw error;
    return res.status(409).renderPage('imports/stale', { id });
  }
  const actor = actorOf(req);
  if (isMended) inBackground(() => checkRows(actor, id));
  res.redirect(303, `/impor/${id}?saring=bermasalah`);
}

type Wanted = {
  version: number;
  mapping?: ColumnField[];
  institutionId?: number | null;
  institutionTypeId?: number | null;
};

async function openAgain(tx: Transaction, batch: Batch, { version, ...data }: Wanted) {
  if (batch.work !== null || !['uploaded', 'checked'].includes(batch.status))
    throw new HttpError(409, 'not open');
  const saved = await updateBatch(
    tx,
    { id: batch.id, version },
    { ...data, status: 'uploaded', work: 'checking', workDone: 0, workAt: new Date() },
  );
  if (!saved) throw new HttpError(409, 'changed meanwhile');
}

async function mend(tx: Transaction, batch: Batch, wanted: SuggestionInput) {
  const wrong = await tx.importRow.findMany({
    where: { batchId: batch.id, outcome: 'wrong' },
    select: { id: true, cellsSealed: true, details: true },
  });
  const alike = wrong.filter(({ details }) => offers(details, wanted));
  const asked = alike.find(({ id }) => id === wanted.rowId);
  const column = batch.mapping.indexOf(wanted.field);
  if (!asked || column < 0) throw new HttpError(409, 'no such suggestion');
  const mistake = openImportCells(asked.cellsSealed, asked.id)[column];
  for (const { id, cellsSealed } of alike) {
    const cells = openImportCells(cellsSealed, id);
    if (cells[column] !== mistake) continue;
    cells[column] = wanted.word;
    await tx.importRow.update({
      where: { id },
      data: { cellsSealed: sealImportCells(cells, id) },
      select: { id: true },
    });
  }
}

const offers = (details: unknown, { field, word }: SuggestionInput) =>
  problemsIn(details).some((problem) => problem.field === field && problem.suggestion === word);

type Suggested = { field: ColumnField; suggestion?: string };
const problemsIn = (details: unknown): Suggested[] =>
  typeof details === 'object' && details !== null && 'problems' in details
    ? (details.problems as Suggested[])
    : [];

function withMappingErrors(
  form: Form<z.output<typeof mappingForm>>,
  told: Told,
  types: Awaited<ReturnType<typeof listTypes>>,
) {
  const { mapping, institutionTypeId } = told;
  const twice = mapping.findIndex(
    (field, index) => field !== 'ignore' && mapping.indexOf(field) !== index,
  );
  if (twice >= 0)
    return withError(
      form,
      `column${twice}`,
      `Dua kolom dipilih sebagai ${columnFields[mapping[twice] ?? 'ignore']}. Pilih satu saja`,
    );
  if (institutionTypeId !== null && !types.some(({ id }) => id === institutionTypeId))
    return withError(form, 'institutionTypeId', 'Pilih jenis dari daftar');
  if (isWhole(told, types)) return form;
  if (!mapping.includes('name'))
    return withError(form, 'column0', 'Pilih kolom mana yang berisi Nama lengkap');
  if (!mapping.includes('position'))
    return withError(form, 'column0', 'Pilih kolom mana yang berisi Jabatan');
  return withError(
    form,
    'institutionId',
    'Pilih kolom Nama LKK, atau pilih satu lembaga atau satu Jenis LKK untuk seluruh berkas',
  );
}

async function showMapping(req: Request, res: Response, form: Form<unknown> | null) {
  const { batch, samples, institutions, types } = await asActor(actorOf(req), async (tx) => {
    const batch = await getBatch(tx, idFrom(req));
    return {
      batch,
      samples: await listRawRows(tx, batch.id, { after: 0, take: sampled }),
      types: await listTypes(tx),
      institutions: await tx.institution.findMany({
        where: { kelurahanId: batch.kelurahanId, status: { notIn: ['dissolved', 'merged'] } },
        orderBy: { name: 'asc' },
        select: { id: true, name: true, institutionType: { select: { shortName: true } } },
      }),
    };
  });
  const chosen = Object.fromEntries(batch.mapping.map((field, index) => [`column${index}`, field]));
  res.renderPage('imports/mapping', {
    batch,
    form:
      form ??
      blankForm({
        version: batch.version,
        institutionId: batch.institutionId,
        institutionTypeId: batch.institutionTypeId,
        ...chosen,
      }),
    options: columnOptions,
    types: types.map(({ id, shortName }) => ({ value: id, label: shortName })),
    isOpen: batch.status === 'uploaded' || batch.status === 'checked',
    institutions: institutions.map(({ id, name, institutionType }) => ({
      value: id,
      label: institutionOfType(institutionType.shortName, name),
    })),
    unused: unusedIn(batch),
    columns: shownColumns(batch, samples),
  });
}
