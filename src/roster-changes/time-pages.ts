import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { type Form, blankForm, withError } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf } from '#src/http/request.ts';
import { listRules } from '#src/institution-rules/repository.ts';
import { blockingYears, boundBy } from '#src/institution-rules/rules.ts';
import { getDraft, showDraft } from '#src/roster-changes/draft.ts';
import { endReasonOptions, type termForm, type timeForm } from '#src/roster-changes/form.ts';
import { type Change, getChange } from '#src/roster-changes/change.ts';
import { touch, updateLine } from '#src/roster-changes/repository.ts';
import { proposedEnd } from '#src/roster-changes/rules.ts';
import { findTermEnd } from '#src/roster-changes/seats.ts';
import { nextStep, stepsOf } from '#src/roster-changes/steps.ts';

export async function timePage(req: Request, res: Response) {
  await showDraft(req, res, 'roster-changes/time', (_tx, change) => ({
    form: blankForm({
      effectiveOn: change.effectiveOn,
      reason: change.reason,
      minutesNumber: change.minutesNumber,
      minutesOn: change.minutesOn,
      endReason: change.lines[0]?.endReason ?? null,
    }),
    endReasonOptions,
    asksEndReason: leavesSomebody(change),
  }));
}

export async function setTime(req: Request, res: Response, form: Form<z.output<typeof timeForm>>) {
  const change = await asActor(actorOf(req), (tx) => getDraft(tx, req));
  const asksEndReason = leavesSomebody(change);
  const checked =
    asksEndReason && form.input?.endReason === null
      ? withError(form, 'endReason', 'Pilih sebab berhenti')
      : form;
  const { input } = withDayCheck(change, checked);
  if (!input) {
    const shown = withDayCheck(change, checked);
    return res.status(422).renderPage('roster-changes/time', {
      form: shown,
      change,
      endReasonOptions,
      asksEndReason,
      steps: stepsOf(change, 'time'),
    });
  }
  const location = await once(req, form, async (tx) => {
    const [line] = change.lines;
    if (line)
      await updateLine(tx, change, line, { endReason: asksEndReason ? input.endReason : null });
    await touch(tx, change.id, {
      effectiveOn: format.prismaDate(input.effectiveOn),
      reason: input.reason,
      ...minutesIn(input),
    });
    return nextStep(await getChange(tx, change.id));
  });
  res.redirect(303, location);
}

export async function termPage(req: Request, res: Response) {
  await showDraft(req, res, 'roster-changes/term', async (tx, change) => {
    const effectiveOn = change.effectiveOn ?? (await firstDayAfterTerm(tx, change));
    const rules = await listRules(tx, change.institution.type.id);
    return {
      longestTerm: blockingYears(rules, effectiveOn),
      form: blankForm({
        effectiveOn,
        lastDay: change.termEndsOn
          ? format.lastDay(change.termEndsOn)
          : proposedEnd(effectiveOn, boundBy(rules, 'term_years', effectiveOn)?.value ?? null),
        reason: change.reason,
        minutesNumber: change.minutesNumber,
        minutesOn: change.minutesOn,
      }),
    };
  });
}

/** A new board begins where the old term ends; today when that is past, or further off than a proposal may be. */
async function firstDayAfterTerm(tx: Transaction, change: Change): Promise<string> {
  const today = format.today();
  const endsOn = await findTermEnd(tx, change.institution.id);
  return endsOn !== null && endsOn > today && endsOn <= latestStart() ? endsOn : today;
}

const latestStart = () => format.addYears(format.today(), 1);

export async function setTerm(req: Request, res: Response, form: Form<z.output<typeof termForm>>) {
  const { change, rules } = await asActor(actorOf(req), async (tx) => {
    const draft = await getDraft(tx, req);
    return { change: draft, rules: await listRules(tx, draft.institution.type.id) };
  });
  const longestTerm = blockingYears(rules, form.input?.effectiveOn ?? format.today());
  const checked = withTermCheck({ change, longestTerm }, form);
  const { input } = checked;
  if (!input) {
    const steps = stepsOf(change, 'seat');
    return res
      .status(422)
      .renderPage('roster-changes/term', { form: checked, change, longestTerm, steps });
  }
  const location = await once(req, form, async (tx) => {
    await touch(tx, change.id, {
      effectiveOn: format.prismaDate(input.effectiveOn),
      termEndsOn: format.prismaDate(format.addDays(input.lastDay, 1)),
      reason: input.reason,
      ...minutesIn(input),
    });
    return nextStep(await getChange(tx, change.id));
  });
  res.redirect(303, location);
}

export async function boardPage(req: Request, res: Response) {
  await showDraft(req, res, 'roster-changes/board', () => ({}));
}

const minutesIn = ({ minutesNumber, minutesOn }: z.output<typeof timeForm | typeof termForm>) => ({
  minutesNumber,
  minutesOn: minutesOn && format.prismaDate(minutesOn),
});

const leavesSomebody = (change: Change) =>
  (change.kind === 'replace' || change.kind === 'end') &&
  change.lines.some(({ outgoing }) => outgoing !== null);

function withDayCheck<Input extends { effectiveOn: string }>(
  change: Change,
  form: Form<Input>,
): Form<Input> {
  const { input } = form;
  const leaving = change.lines.find(
    ({ outgoing }) => input && outgoing && input.effectiveOn <= outgoing.startOn,
  )?.outgoing;
  if (leaving) {
    return withError(
      form,
      'effectiveOn',
      `Tanggal berlaku harus sesudah ${leaving.name} mulai menjabat (${format.date(leaving.startOn)})`,
    );
  }
  if (input && change.termEndsOn && input.effectiveOn >= change.termEndsOn)
    return withError(
      form,
      'effectiveOn',
      `Pelaksana mulai bertugas paling lambat hari terakhirnya (${format.date(format.lastDay(change.termEndsOn))})`,
    );
  if (input && input.effectiveOn > latestStart()) {
    return withError(form, 'effectiveOn', 'Tanggal berlaku paling lambat setahun dari hari ini');
  }
  return form;
}

function withTermCheck(
  { change, longestTerm }: { change: Change; longestTerm: number | null },
  form: Form<z.output<typeof termForm>>,
): Form<z.output<typeof termForm>> {
  const { input } = form;
  if (!input) return form;
  if (input.lastDay <= input.effectiveOn) {
    return withError(form, 'lastDay', 'Hari terakhir harus sesudah hari pertama masa bakti');
  }
  if (longestTerm !== null && input.lastDay > proposedEnd(input.effectiveOn, longestTerm)) {
    return withError(
      form,
      'lastDay',
      `Masa bakti ${change.institution.type.shortName} paling lama ${longestTerm} tahun, jadi paling lambat ${format.date(proposedEnd(input.effectiveOn, longestTerm))}`,
    );
  }
  if (input.effectiveOn > latestStart()) {
    return withError(
      form,
      'effectiveOn',
      'Hari pertama masa bakti paling lambat setahun dari hari ini',
    );
  }
  return form;
}
