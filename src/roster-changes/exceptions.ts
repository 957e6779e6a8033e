import {
  isOverridable,
  overridableRules,
  type OverridableRule,
  ruleNames,
} from '#src/institution-rules/rules.ts';
import type { Exceptions } from '#src/roster-changes/approval.ts';
import type { ApprovalInput } from '#src/roster-changes/form.ts';
import type { Check } from '#src/roster-changes/rules.ts';

/** Which broken rules the lurah may set aside, and which they did. */

const isException = ({ tone, rule }: Check) => tone === 'bad' && isOverridable(rule);

/** Whether something is in the way that no exception can set aside. */
export const isBlocked = (checks: readonly Check[]) =>
  checks.some((check) => check.tone === 'bad' && !isException(check));

export const needsException = (checks: readonly Check[]) => checks.some(isException);

/** A tick and a reason for each rule that is in the way, with who breaks it. */
export const exceptionChoices = (checks: readonly Check[]) =>
  overridableRules.flatMap((kind) => {
    const broken = checks.filter((check) => isException(check) && check.rule === kind);
    if (broken.length === 0) return [];
    return [
      {
        tick: {
          name: `except_${kind}`,
          label: `Beri pengecualian: ${ruleNames[kind].toLowerCase()}`,
          hint: broken.map(({ title }) => title).join('; '),
        },
        reason: {
          name: `reason_${kind}`,
          label: `Alasan pengecualian ${ruleNames[kind].toLowerCase()}`,
        },
      },
    ];
  });

/** The field of the first reason that was left out, or undefined. */
export const missingReason = (input: ApprovalInput) =>
  overridableRules
    .filter((kind) => input[`except_${kind}`] && input[`reason_${kind}`] === null)
    .map((kind) => `reason_${kind}`)[0];

/** Why these rules were set aside for one officer; each rule is named where there are several. */
export function reasonFor(rules: readonly OverridableRule[], input: ApprovalInput): string {
  const reasons = rules.map((rule) => ({ name: ruleNames[rule], text: input[`reason_${rule}`] }));
  const [first] = reasons;
  if (reasons.length === 1) return first?.text ?? '';
  return reasons.map(({ name, text }) => `${name}: ${text}`).join('; ');
}

/** The rules set aside for each seat: those that its nominee breaks and the form ticks. */
export function exceptionsIn(checks: readonly Check[], input: ApprovalInput): Exceptions {
  const exceptions = new Map<number, OverridableRule[]>();
  for (const { tone, rule, seatId } of checks) {
    if (tone !== 'bad' || seatId === undefined || !isOverridable(rule)) continue;
    const known = exceptions.get(seatId) ?? [];
    if (input[`except_${rule}`] && !known.includes(rule)) exceptions.set(seatId, [...known, rule]);
  }
  return exceptions;
}

/** Whether a broken rule is left that is in the way and was not set aside. */
export const blocksLeft = (checks: readonly Check[], exceptions: Exceptions) =>
  checks.some(
    ({ tone, rule, seatId }) =>
      tone === 'bad' && !(isOverridable(rule) && exceptions.get(seatId ?? 0)?.includes(rule)),
  );
