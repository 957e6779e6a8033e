import type { Request, Response } from 'express';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { errorsAtFilter } from '#src/http/list-filter.ts';
import { currentAccount } from '#src/http/request.ts';
import { listLabels, lists } from '#src/follow-ups/choices.ts';
import { filterNames, filterOf, hrefOf, type Choices } from '#src/follow-ups/filter.ts';
import type { FollowUpQuery } from '#src/follow-ups/form.ts';
import { lateness, statusBadges } from '#src/follow-ups/rules.ts';
import type { FollowUpRow } from '#src/follow-ups/statements.ts';
import { signedPdf } from '#src/list-office.ts';

export function renderList(
  req: Request,
  res: Response,
  {
    form,
    choices,
    rows,
    pageSize,
  }: { form: Form<FollowUpQuery>; choices: Choices; rows: FollowUpRow[]; pageSize: number },
) {
  const { values } = form;
  const today = format.today();
  const list = form.input?.daftar ?? 'semua';
  const total = rows[0]?.total ?? 0;
  const isFiltered = filterNames.some((name) => values[name]);
  res.status(form.input ? 200 : 422).renderPage('follow-ups/list', {
    form: errorsAtFilter(form),
    list,
    sections: lists
      .filter((name) => name !== 'milik-saya' || currentAccount(req).role !== 'auditor')
      .map((name) => ({
        label: listLabels[name],
        href: hrefOf('/tindak-lanjut', { ...values, daftar: name, urut: '' }, 1),
        ...(name === list ? { current: true } : {}),
      })),
    filter: filterOf(form, choices, isFiltered),
    isFiltered,
    rows: rows.map((row) => shown(row, today)),
    total,
    heads: heads(values),
    pageNumber: form.input?.halaman ?? 1,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    pageHref: (page: number) => hrefOf('/tindak-lanjut', values, page),
    workbookHref: hrefOf('/tindak-lanjut.xlsx', values, 1),
    pdf: signedPdf(currentAccount(req), '/tindak-lanjut.pdf', values),
  });
}

const shown = (row: FollowUpRow, today: string) => ({
  ...row,
  badge: statusBadges[row.status],
  late: lateness(row, today),
  asked: [row.askerName, row.institutionName].filter(Boolean).join(', '),
});

const columns = [
  { label: 'Penanggung jawab', order: 'pemilik' },
  { label: 'Tenggat', order: 'tenggat' },
  { label: 'Status', order: 'status' },
  { label: 'Kelurahan', order: 'kelurahan' },
] as const;

/** Heads that sort; the due date both ways. */
const heads = (values: Record<string, string>) =>
  columns.map(({ label, order }) => {
    const isReversed = values.urut === `-${order}`;
    const direction = isReversed ? 'descending' : values.urut === order ? 'ascending' : null;
    const next = order === 'tenggat' && direction === 'ascending' ? '-tenggat' : order;
    return { label, direction, href: hrefOf('/tindak-lanjut', { ...values, urut: next }, 1) };
  });
