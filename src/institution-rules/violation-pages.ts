import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import type { ViolationFilter } from '#src/institution-rules/form.ts';
import { breakInWords, severityBadges, worded } from '#src/institution-rules/rules.ts';
import {
  filterOf,
  hrefOf,
  readChoices,
  refuseUnknown,
} from '#src/institution-rules/violation-filter.ts';
import { listLevels } from '#src/institution-rules/repository.ts';
import { signedPdf } from '#src/list-office.ts';
import {
  listAndCountViolations,
  pageSize,
  type Violation,
  type ViolationCount,
} from '#src/institution-rules/violations.ts';

export async function violationList(req: Request, res: Response, form: Form<ViolationFilter>) {
  const account = currentAccount(req);
  const { choices, known, ...found } = await asActor(actorOf(req), async (tx) => {
    const offered = await readChoices(tx);
    const checked = refuseUnknown(form, offered);
    return {
      choices: offered,
      known: checked,
      ...(await read(tx, checked.input, account.kelurahanIds)),
    };
  });
  const { halaman: page = 1 } = known.input ?? {};
  const count = found.places.reduce((sum, place) => sum + place.count, 0);
  const total = known.input?.kelurahan
    ? (found.places.find(({ code }) => code === known.input?.kelurahan)?.count ?? 0)
    : count;
  res.status(known.input ? 200 : 422).renderPage('institution-rules/violations', {
    form: known,
    filter: filterOf(known, choices),
    rows: found.rows.map((row) => inWords(row, found.levels)),
    places: choices.kelurahan.length > 1 ? found.places : [],
    placeHref: (code: string) =>
      hrefOf('/pengaturan/pelanggaran', { ...known.values, kelurahan: code }, 1),
    isTermOver: known.input?.aturan === 'term_over',
    termsOver: known.input?.aturan === null ? termsOverIn(found.places, known.input.kelurahan) : 0,
    termsOverHref: hrefOf('/pengaturan/pelanggaran', { ...known.values, aturan: 'term_over' }, 1),
    total,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    first: (page - 1) * pageSize + 1,
    pageHref: (number: number) => hrefOf('/pengaturan/pelanggaran', known.values, number),
    workbookHref: hrefOf('/pengaturan/pelanggaran.xlsx', known.values, 1),
    pdf: signedPdf(account, '/pengaturan/pelanggaran.pdf', known.values),
    severityBadges,
    mayEdit: can(account, 'settings:manage'),
  });
}

async function read(tx: Transaction, filter: ViolationFilter | undefined, within: number[]) {
  if (!filter) return { rows: [], places: [], levels: [] };
  return {
    ...(await listAndCountViolations(tx, filter, {
      within,
      limit: pageSize,
      offset: (filter.halaman - 1) * pageSize,
    })),
    levels: await listLevels(tx),
  };
}

const termsOverIn = (
  places: readonly Pick<ViolationCount, 'code' | 'termsOver'>[],
  kelurahan: string | null,
) =>
  places
    .filter(({ code }) => kelurahan === null || code === kelurahan)
    .reduce((sum, { termsOver }) => sum + termsOver, 0);

export const inWords = (row: Violation, levels: { rank: number; label: string }[]) => ({
  ...row,
  words: breakInWords(row),
  rule: worded(
    { ...row, id: 0, version: 0, countedFrom: null, countsActing: false, holdsFrom: '' },
    levels,
  ).text,
});
