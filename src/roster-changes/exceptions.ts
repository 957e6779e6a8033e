import {
  isOverridable,
  overridableRules,
  type OverridableRule,
  ruleNames,
} from '#src/institution-rules/rules.ts';
import { exceptionSlots, type ApprovalInput } from '#src/roster-changes/form.ts';
import type { Check } from '#src/roster-changes/check.ts';

/** Which broken rules the lurah may set aside, and which they did: each for one nominee, with a reason of its own. */

/** The rules that each seat's nominee breaks and the lurah sets aside, with the reason. */
export type Exceptions = ReadonlyMap<number, readonly Exception[]>;
export type Exception = { rule: OverridableRule; reason: string };

const isException = ({ tone, rule, seatId }: Check) =>
  tone === 'bad' && isOverridable(rule) && seatId !== undefined;

/** Whether something is in the way that no exception can set aside. */
export const isBlocked = (checks: readonly Check[]) =>
  checks.some((check) => check.tone === 'bad' && !isException(check));

export const needsException = (checks: readonly Check[]) => checks.some(isException);

/** A tick and a reason for each nominee and rule that are in the way of each other; the tick's value names both. */
export function exceptionChoices(checks: readonly Check[]) {
  const broken = Map.groupBy(checks.filter(isException), subjectOf);
  return [...broken].slice(0, exceptionSlots.length).map(([subject, those], index) => {
    const [check] = those;
    const rule = overridableRules.find((one) => one === check?.rule);
    const what = `${rule ? ruleNames[rule].toLowerCase() : ''} untuk ${check?.nominee ?? ''}`;
    return {
      tick: {
        name: `except_${index + 1}`,
        value: subject,
        label: `Beri pengecualian: ${what}`,
        hint: those.map(({ title }) => title).join('; '),
      },
      reason: { name: `reason_${index + 1}`, label: `Alasan pengecualian ${what}` },
    };
  });
}

const subjectOf = ({ seatId, rule }: Check) => `${seatId ?? 0}:${rule ?? ''}`;

/** The field of the first reason that was left out, or undefined. */
export const missingReason = (input: ApprovalInput) =>
  ticksOf(input)
    .filter(({ reason }) => reason === null)
    .map(({ slot }) => `reason_${slot}`)[0];

/** What is set aside: what is ticked, as far as the nominee of that seat breaks that rule. */
export function exceptionsIn(checks: readonly Check[], input: ApprovalInput): Exceptions {
  const broken = new Set(checks.filter(isException).map(subjectOf));
  const granted = ticksOf(input).flatMap(({ subject, reason }) => {
    const [seatId, name] = subject.split(':');
    const rule = overridableRules.find((one) => one === name);
    return rule && reason !== null && broken.has(subject)
      ? [{ seatId: Number(seatId), rule, reason }]
      : [];
  });
  return Map.groupBy(granted, ({ seatId }) => seatId);
}

/** The boxes that are ticked, in the order of the page. */
const ticksOf = (input: ApprovalInput) =>
  exceptionSlots.flatMap((slot) => {
    const subject = input[`except_${slot}`];
    return subject === undefined ? [] : [{ slot, subject, reason: input[`reason_${slot}`] }];
  });

/** Why these rules were set aside for one officer; each rule is named where there are several. */
export function reasonOf(exceptions: readonly Exception[]): string {
  const [first] = exceptions;
  if (exceptions.length === 1) return first?.reason ?? '';
  return exceptions.map(({ rule, reason }) => `${ruleNames[rule]}: ${reason}`).join('; ');
}

/** Whether a broken rule is left that is in the way and was not set aside. */
export const blocksLeft = (checks: readonly Check[], exceptions: Exceptions) =>
  checks.some(
    (check) =>
      check.tone === 'bad' &&
      !(
        isException(check) &&
        exceptions.get(check.seatId ?? 0)?.some(({ rule }) => rule === check.rule)
      ),
  );
