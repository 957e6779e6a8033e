import type { Request, Response } from 'express';
import type { z } from 'zod';
import { can } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { number } from '#src/format.ts';
import { badRequest, notFound } from '#src/http/errors.ts';
import { type Form, withError } from '#src/http/forms.ts';
import { addressOf } from '#src/http/list-filter.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { signedPdf } from '#src/list-office.ts';
import type { ListQuery, pairForm } from '#src/duplicates/form.ts';
import { pairsOf } from '#src/duplicates/lists.ts';
import { deleteVerdict, insertVerdicts } from '#src/duplicates/repository.ts';
import { countedAtMost, findSuspicion, pageSize, sliceOf } from '#src/duplicates/suspicions.ts';

export async function duplicateList(req: Request, res: Response, form: Form<ListQuery>) {
  const list = form.input?.daftar ?? 'dugaan';
  const page = form.input?.halaman ?? 1;
  const model = await asActor(actorOf(req), (tx) => pairsOf[list](tx, sliceOf(page)));
  res.status(form.input ? 200 : 422).renderPage('duplicates/list', {
    form: refused(form),
    list,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(Math.min(model.count, countedAtMost) / pageSize)),
    countText: `${number(Math.min(model.count, countedAtMost))}${model.count > countedAtMost ? ' lebih' : ''}`,
    workbookHref: addressOf('/orang/ganda.xlsx', { daftar: form.values.daftar }),
    pdf: signedPdf(currentAccount(req), '/orang/ganda.pdf', form.values),
    mayMerge: can(currentAccount(req), 'person:merge'),
    ...model,
  });
}

/** A wrong query has no control on the page to lead to. */
const refused = (form: Form<ListQuery>): Form<ListQuery> =>
  form.input ? form : withError({ ...form, errors: {} }, '', Object.values(form.errors).join('. '));

type PairForm = Form<z.output<typeof pairForm>>;

export async function tellApart(req: Request, res: Response, form: PairForm) {
  const otherId = otherOf(form);
  const location = await once(req, form, async (tx) => {
    await requirePair(tx, idFrom(req), otherId);
    await insertVerdicts(tx, idFrom(req), [otherId], currentAccount(req));
    return '/orang/ganda';
  });
  leaveNotice(
    req,
    'Dicatat: keduanya bukan orang yang sama. Pasangan ini tidak akan diduga ganda lagi.',
  );
  res.redirect(303, location);
}

export async function withdrawVerdict(req: Request, res: Response, form: PairForm) {
  const otherId = otherOf(form);
  const location = await once(req, form, async (tx) => {
    await requirePair(tx, idFrom(req), otherId);
    await deleteVerdict(tx, idFrom(req), otherId);
    return '/orang/ganda?daftar=berbeda';
  });
  leaveNotice(req, 'Pernyataan dicabut. Pasangan ini dapat diduga ganda lagi.');
  res.redirect(303, location);
}

/** Two people whom the actor sees, or one of them beside somebody elsewhere whom the list shows with them. */
async function requirePair(tx: Transaction, one: number, other: number) {
  const visible = await tx.person.count({ where: { id: { in: [one, other] } } });
  if (one === other || visible === 0) throw notFound();
  if (visible === 2 || (await findSuspicion(tx, one, other))) return;
  throw notFound();
}

function otherOf(form: PairForm): number {
  if (!form.input) throw badRequest('otherId');
  return form.input.otherId;
}
