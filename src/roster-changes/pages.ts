import type { Request, Response } from 'express';
import type { z } from 'zod';
import { can } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { forbidden } from '#src/http/errors.ts';
import { type Form, blankForm } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { listWaitingImports } from '#src/imports/repository.ts';
import { signedPdf } from '#src/list-office.ts';
import { describe } from '#src/roster-changes/description.ts';
import { isBlocked, needsException } from '#src/roster-changes/exceptions.ts';
import type { queueQuery } from '#src/roster-changes/form.ts';
import { listChanges, queuePageSize } from '#src/roster-changes/queue.ts';
import { getChange } from '#src/roster-changes/change.ts';
import { statusBadge } from '#src/roster-changes/rules.ts';
import { nextStep } from '#src/roster-changes/steps.ts';

export async function changeQueue(
  req: Request,
  res: Response,
  query: Form<z.output<typeof queueQuery>>,
) {
  const { status = null, halaman: page = 1 } = query.input ?? {};
  const account = currentAccount(req);
  const { changes, total, imports } = await asActor(actorOf(req), async (tx) => ({
    ...(await listChanges(tx, {
      makerId: account.id,
      status,
      skip: (page - 1) * queuePageSize,
      take: queuePageSize,
    })),
    imports: can(account, 'import:read') ? await listWaitingImports(tx) : [],
  }));
  res.status(query.input ? 200 : 422).renderPage('roster-changes/list', {
    form: query,
    changes,
    total,
    imports,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(total / queuePageSize)),
    status,
    statusBadge,
    mayPropose: can(account, 'roster-change:propose'),
    pdf: signedPdf(account, '/usulan.pdf', query.values),
  });
}

/** A proposal as it stands: what changes, the checks, what was decided, and what this account may do next. */
export async function changeDetail(req: Request, res: Response) {
  const account = currentAccount(req);
  const model = await asActor(actorOf(req), async (tx) => {
    const change = await getChange(tx, idFrom(req));
    if (change.status === 'draft' && change.makerId !== account.id) throw forbidden();
    return describe(tx, change);
  });
  if (model.change.status === 'draft') return res.redirect(303, nextStep(model.change));
  const { change } = model;
  const own = change.makerId === account.id;
  const decree = change.decisions[0]?.decree;
  res.renderPage('roster-changes/detail', {
    ...model,
    isBlocked: isBlocked(model.checks),
    needsException: needsException(model.checks),
    form: blankForm({ version: change.version }),
    mayDecide: change.status === 'submitted' && !own && can(account, 'roster-change:decide'),
    mayCancel: own && (change.status === 'submitted' || change.status === 'returned'),
    mayRevise: own && change.status === 'returned',
    mayCopy: own && change.status === 'expired',
    drafts:
      change.status === 'submitted' && can(account, 'decree:write')
        ? [
            {
              label: 'Konsep SK (PDF)',
              href: `/usulan/${change.id}/konsep-sk.pdf`,
              icon: 'file-text',
            },
            { label: 'Konsep SK (Word)', href: `/usulan/${change.id}/konsep-sk.docx` },
          ]
        : [],
    decreeHref: decree && can(account, 'decree:read') ? `/sk/${decree.id}` : null,
  });
}
