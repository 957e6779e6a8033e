import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom, leaveNotice } from '#src/http/request.ts';
import { differences, formValues, severityOptions } from '#src/institution-rules/editing.ts';
import { positionIdsIn, type RuleInput } from '#src/institution-rules/form.ts';
import { getRule, listLevels, saveRule } from '#src/institution-rules/repository.ts';
import { breakInWords, ruleNames, ruleUnits, worded } from '#src/institution-rules/rules.ts';
import {
  isBlockable,
  isStricter,
  takesValue,
  valueProblem,
} from '#src/institution-rules/settings.ts';
import { previewRule, type Violation } from '#src/institution-rules/violations.ts';

/** Somebody else saved the rule since the form was opened. */
class RuleChanged extends Error {}

/** Others break the rule than the preview showed. */
class PreviewChanged extends Error {
  readonly breaks: Violation[];

  constructor(breaks: Violation[]) {
    super('others break the rule by now');
    this.breaks = breaks;
  }
}

export async function editPage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), (tx) => readRule(tx, req));
  showEdit(res, model, blankForm(formValues(model.rule, model.rule.positions)));
}

/** Saves a rule; one that gets stricter first shows who breaks it then, and asks. */
export async function updateRule(req: Request, res: Response, form: Form<RuleInput>) {
  const model = await asActor(actorOf(req), (tx) => readRule(tx, req));
  const checked = withRuleCheck(model, form);
  const { input } = checked;
  if (!input) return showEdit(res.status(422), model, checked);

  try {
    const location = await once(req, form, async (tx) => {
      const { rule } = await readRule(tx, req);
      if (rule.version !== input.version) throw new RuleChanged();
      await refuseUnseen(tx, rule, input);
      if (!(await saveRule(tx, rule.id, input))) throw new RuleChanged();
      leaveNotice(req, 'Aturan tersimpan. Masa jabatan yang sudah ada tidak berubah.');
      return `/pengaturan/jenis/${rule.type.id}`;
    });
    res.redirect(303, location);
  } catch (error) {
    if (error instanceof RuleChanged) return showConflict(req, res, checked);
    if (!(error instanceof PreviewChanged)) throw error;
    showPreview(res, model, { form: checked, input, breaks: error.breaks });
  }
}

type Model = Awaited<ReturnType<typeof readRule>>;

async function readRule(tx: Transaction, req: Request) {
  return { rule: await getRule(tx, idFrom(req)), levels: await listLevels(tx) };
}

async function refuseUnseen(tx: Transaction, rule: Model['rule'], input: RuleInput) {
  const wanted = new Set(rule.positions.filter(({ required }) => required).map(({ id }) => id));
  const asksMore = input.severity !== 'off' && positionIdsIn(input).some((id) => !wanted.has(id));
  if (!asksMore && !isStricter(rule.kind, rule, input)) return;
  const breaks = await previewRule(tx, rule.id, input);
  if (input.confirmed !== totalOf(breaks)) throw new PreviewChanged(breaks);
}

const totalOf = (breaks: Violation[]) => breaks[0]?.total ?? 0;

function withRuleCheck({ rule, levels }: Model, form: Form<RuleInput>): Form<RuleInput> {
  const { input } = form;
  if (!input) return form;
  const { kind } = rule;
  if (input.severity === 'block' && !isBlockable(kind))
    return withError(form, 'severity', 'Aturan ini hanya dapat diingatkan atau diteliti');
  if (kind !== 'term_limit' && (input.countsActing || input.countedFrom !== null))
    return withError(form, '', 'Isian ini hanya untuk batas masa bakti');
  const positionIds = positionIdsIn(input);
  if (!positionIds.every((id) => rule.positions.some((position) => position.id === id)))
    return withError(form, '', 'Jabatan ini bukan jabatan jenis lembaga ini');
  if (kind === 'required_positions' && input.severity !== 'off' && positionIds.length === 0)
    return withError(form, 'positions', 'Pilih paling sedikit satu jabatan yang wajib terisi');
  const problem = valueProblem({ ...input, kind }, levels);
  return problem === null ? form : withError(form, 'value', problem);
}

function showEdit(res: Response, { rule, levels }: Model, form: Form<unknown>) {
  res.renderPage('institution-rules/edit', {
    rule,
    name: ruleNames[rule.kind],
    unit: ruleUnits[rule.kind] ?? null,
    takesNumber: takesValue(rule.kind) && rule.kind !== 'education',
    levelOptions: levels.map(({ rank, label }) => ({ value: rank, label })),
    severityOptions: severityOptions(rule.kind),
    form,
  });
}

function showPreview(
  res: Response,
  { rule, levels }: Model,
  { form, input, breaks }: { form: Form<unknown>; input: RuleInput; breaks: Violation[] },
) {
  const { confirmed: _earlier, ...values } = form.values;
  res.renderPage('institution-rules/preview', {
    rule,
    changed: worded({ ...rule, ...input }, levels),
    breaks: breaks.map((row) => ({ ...row, words: breakInWords(row) })),
    total: totalOf(breaks),
    fields: Object.entries({ ...values, confirmed: String(totalOf(breaks)) }),
    form: blankForm(),
  });
}

/** Both values, side by side, and a form that takes over what was typed on top of what is stored now. */
async function showConflict(req: Request, res: Response, form: Form<RuleInput>) {
  const { rule, levels } = await asActor(actorOf(req), (tx) => readRule(tx, req));
  const { version: _stale, confirmed: _earlier, ...typed } = form.values;
  res.status(409).renderPage('institution-rules/conflict', {
    rule,
    name: ruleNames[rule.kind],
    rows: form.input ? differences(rule, form.input, { levels, positions: rule.positions }) : [],
    fields: Object.entries({ ...typed, version: String(rule.version) }),
    form: blankForm(),
  });
}
