import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { city } from '#src/city.ts';
import { readAs } from '#src/database.ts';
import type { Form } from '#src/http/forms.ts';
import { errorsAtFilter } from '#src/http/list-filter.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { signedPdf } from '#src/list-office.ts';
import type { TrainingQuery } from '#src/trainings/form.ts';
import {
  choicesFrom,
  type Choices,
  filterOf,
  hrefOf,
  isFiltered,
  refuseUnknown,
} from '#src/trainings/list-filter.ts';
import { listedTrainings, trainingChoices, type ListedTraining } from '#src/trainings/lists.ts';
import {
  listLabels,
  statusBadges,
  statusesOf,
  statusOfSlug,
  trainingLists,
} from '#src/trainings/rules.ts';

const pageSize = 25;

export async function trainingList(req: Request, res: Response, form: Form<TrainingQuery>) {
  const { input } = form;
  const found = await readAs(
    actorOf(req),
    trainingChoices(city().timeZone),
    ...(input ? [listedTrainings(...filterValues(input, pageSize))] : []),
  );
  const choices = choicesFrom(found[0]);
  renderTrainings(req, res, {
    form: refuseUnknown(form, choices),
    choices,
    rows: found[1] ?? [],
  });
}

/** The filter as the statements of lists.ts take it. */
export function filterValues(
  { daftar = 'mendatang', status, tahun, penyelenggara, pilar, halaman }: TrainingQuery,
  limit: number,
): Parameters<typeof listedTrainings> {
  const statuses = status === null ? statusesOf[daftar] : [statusOfSlug[status]];
  const from = (halaman - 1) * limit;
  const isAhead = daftar === 'mendatang';
  return [statuses, isAhead, limit, from, tahun, penyelenggara, pilar, city().timeZone];
}

export function renderTrainings(
  req: Request,
  res: Response,
  model: { form: Form<TrainingQuery>; choices: Choices; rows: ListedTraining[] },
) {
  const { form, choices } = model;
  const { values } = form;
  const list = form.input?.daftar ?? 'mendatang';
  const rows = form.input ? model.rows : [];
  const mayPlan = can(currentAccount(req), 'training:write');
  const total = rows[0]?.total ?? 0;
  res.status(form.input ? 200 : 422).renderPage('trainings/list', {
    form: errorsAtFilter(form),
    list,
    sections: trainingLists
      .filter((name) => name !== 'draf' || mayPlan)
      .map((name) => ({
        label: listLabels[name],
        href: hrefOf('/pelatihan', { ...values, status: '', daftar: name }, 1),
        ...(name === list ? { current: true } : {}),
      })),
    filter: filterOf(form, choices),
    isFiltered: isFiltered(form),
    rows: rows.map((row) => ({ ...row, badge: statusBadges[row.status] })),
    total,
    pageNumber: form.input?.halaman ?? 1,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    pageHref: (page: number) => hrefOf('/pelatihan', values, page),
    workbookHref: hrefOf('/pelatihan.xlsx', values, 1),
    pdf: signedPdf(currentAccount(req), '/pelatihan.pdf', values),
    mayPlan,
  });
}
