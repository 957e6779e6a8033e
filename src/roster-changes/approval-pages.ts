import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { suggestNumber } from '#src/decrees/numbering.ts';
import * as format from '#src/format.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { withProblem } from '#src/roster-changes/approval-problems.ts';
import { approveChange } from '#src/roster-changes/approval.ts';
import { effectiveDay, incomingName, type Change } from '#src/roster-changes/change.ts';
import { checkChange } from '#src/roster-changes/checks.ts';
import { describe } from '#src/roster-changes/description.ts';
import {
  blocksLeft,
  exceptionChoices,
  exceptionsIn,
  missingReason,
  isBlocked,
} from '#src/roster-changes/exceptions.ts';
import { expire } from '#src/roster-changes/expired-page.ts';
import type { ApprovalInput } from '#src/roster-changes/form.ts';
import { ApprovalRefused } from '#src/roster-changes/refusals.ts';
import { getWaiting } from '#src/roster-changes/waiting.ts';

/** The lurah approves a proposal, on a page that asks once for the decree. */

export async function approvalPage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) =>
    approvalModel(tx, await getWaiting(tx, req)),
  );
  if (model.isBlocked) return res.redirect(303, `/usulan/${model.change.id}`);
  res.renderPage('roster-changes/approve', {
    ...model,
    form: blankForm({
      version: model.change.version,
      decreeNumber: model.suggested,
      decreedOn: format.today(),
    }),
  });
}

export async function approve(req: Request, res: Response, form: Form<ApprovalInput>) {
  const checked = withReasonCheck(withDateCheck(form));
  const { input } = checked;
  if (!input) return showApproval(req, res, checked);
  try {
    const location = await once(req, form, async (tx) => {
      const change = await getWaiting(tx, req);
      refuseOldDecrees(change, input);
      const checks = await checkChange(tx, change);
      const exceptions = exceptionsIn(checks, input);
      if (blocksLeft(checks, exceptions)) throw new ApprovalRefused({ problem: 'blocked' });
      await approveChange(tx, change, { decider: currentAccount(req), input, exceptions });
      leaveNotice(
        req,
        `Usulan ${change.number ?? ''} disetujui dengan SK nomor ${input.decreeNumber}. Susunan pengurus sudah diperbarui.`,
      );
      return `/usulan/${change.id}`;
    });
    res.redirect(303, location);
  } catch (error) {
    if (isStale(error)) return expire(req, res);
    await showApproval(req, res, await withProblem(req, checked, error));
  }
}

/** A decree of another year is a slip of the pen that its signed scan would make final. */
function refuseOldDecrees(change: Change, input: ApprovalInput) {
  const effectiveOn = effectiveDay(change);
  for (const field of ['decreedOn', 'endingDecreedOn'] as const)
    if (yearOf(input[field] ?? effectiveOn) < yearOf(effectiveOn) - 1)
      throw new ApprovalRefused({ problem: 'decree-too-old', field, effectiveOn });
}

const yearOf = (day: string) => Number(day.slice(0, 4));

const isStale = (error: unknown) =>
  error instanceof ApprovalRefused && error.reason.problem === 'stale';

async function approvalModel(tx: Transaction, change: Change) {
  const lastDecree = await tx.decree.findFirst({
    where: { kelurahanId: change.institution.kelurahan.id },
    orderBy: [{ decreedOn: 'desc' }, { id: 'desc' }],
    select: { number: true, decreedOn: true },
  });
  const described = await describe(tx, change);
  return {
    ...described,
    isBlocked: isBlocked(described.checks),
    exceptionChoices: exceptionChoices(described.checks),
    suggested: await suggestNumber(
      tx,
      change.institution.kelurahan.id,
      Number(format.today().slice(0, 4)),
    ),
    mayEndApart: endsAndAppoints(change),
    lastDecree: lastDecree && {
      number: lastDecree.number,
      decreedOn: format.isoDate(lastDecree.decreedOn),
    },
  };
}

async function showApproval(req: Request, res: Response, form: Form<unknown>) {
  const model = await asActor(actorOf(req), async (tx) =>
    approvalModel(tx, await getWaiting(tx, req)),
  );
  res.status(422).renderPage('roster-changes/approve', { ...model, form });
}

/** Then an office may write two decrees: one that ends, one that appoints. */
const endsAndAppoints = ({ kind, lines }: Change) =>
  kind === 'new_board' || lines.some((line) => line.outgoing && incomingName(line) !== null);

function withDateCheck(form: Form<ApprovalInput>): Form<ApprovalInput> {
  const { input } = form;
  if (input?.endingDecreedOn && input.endingNumber === null)
    return withError(form, 'endingNumber', 'Isi nomor SK pemberhentian, atau kosongkan tanggalnya');
  if (input?.endingNumber && input.endingNumber === input.decreeNumber)
    return withError(
      form,
      'endingNumber',
      'Nomor ini sama dengan SK pengangkatan. Kosongkan bila satu SK memuat keduanya',
    );
  if (input?.endingDecreedOn && input.endingDecreedOn > format.today())
    return withError(form, 'endingDecreedOn', 'Tanggal SK tidak boleh sesudah hari ini');
  if (form.input && form.input.decreedOn > format.today()) {
    return withError(form, 'decreedOn', 'Tanggal SK tidak boleh sesudah hari ini');
  }
  return form;
}

function withReasonCheck(form: Form<ApprovalInput>): Form<ApprovalInput> {
  const { input } = form;
  const field = input && missingReason(input);
  return field ? withError(form, field, 'Tulis alasan pengecualian ini') : form;
}
