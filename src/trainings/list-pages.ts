import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import type { TrainingQuery } from '#src/trainings/form.ts';
import { listedTrainings } from '#src/trainings/lists.ts';
import { listLabels, statusBadges, statusesOf, trainingLists } from '#src/trainings/rules.ts';

const pageSize = 25;

export async function trainingList(req: Request, res: Response, form: Form<TrainingQuery>) {
  const { daftar: list = 'mendatang', halaman: page = 1 } = form.input ?? {};
  const mayPlan = can(currentAccount(req), 'training:write');
  const [rows] = await readAs(
    actorOf(req),
    listedTrainings(statusesOf[list], list === 'mendatang', pageSize, (page - 1) * pageSize),
  );
  res.status(form.input ? 200 : 422).renderPage('trainings/list', {
    form,
    list,
    sections: trainingLists
      .filter((name) => name !== 'draf' || mayPlan)
      .map((name) => ({
        label: listLabels[name],
        href: hrefOf(name, 1),
        ...(name === list ? { current: true } : {}),
      })),
    rows: rows.map((row) => ({ ...row, badge: statusBadges[row.status] })),
    total: rows[0]?.total ?? 0,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil((rows[0]?.total ?? 0) / pageSize)),
    pageHref: (number: number) => hrefOf(list, number),
    mayPlan,
  });
}

function hrefOf(list: (typeof trainingLists)[number], page: number): string {
  const query = new URLSearchParams();
  if (list !== 'mendatang') query.set('daftar', list);
  if (page > 1) query.set('halaman', String(page));
  return query.size === 0 ? '/pelatihan' : `/pelatihan?${query}`;
}
