import {
  type RuleKind,
  severities,
  type Severity,
  type Rule,
  type Level,
  ruleNames,
} from '#src/institution-rules/rules.ts';

/** What a rule may be set to, and when a change makes it stricter. */

/** Rules that every type has; one field is for a Posyandu and the chair by office for a PKK. */
export const commonRules: RuleKind[] = [
  'term_years',
  'term_limit',
  'concurrent_office',
  'minimum_age',
  'maximum_age',
  'education',
  'required_positions',
];

/** Rules that only people can weigh; the database cannot hold them as a block. */
export const isBlockable = (kind: RuleKind) =>
  kind !== 'required_positions' && kind !== 'ex_officio_chair';

type Setting = Omit<Rule, 'id' | 'kind' | 'legalBasis' | 'version'>;

/** Whether more people may break the rule after the change than before: those are shown before it is saved. */
export function isStricter(kind: RuleKind, before: Setting, after: Setting): boolean {
  if (after.severity === 'off') return false;
  return (
    severities.indexOf(after.severity) > severities.indexOf(before.severity) ||
    isValueStricter(kind, before.value, after.value) ||
    after.holdsFrom < before.holdsFrom ||
    (after.countsActing && !before.countsActing) ||
    (before.countedFrom !== null && (after.countedFrom ?? '') < before.countedFrom)
  );
}

function isValueStricter(kind: RuleKind, before: number | null, after: number | null): boolean {
  if (after === null) return false;
  if (before === null) return true;
  return kind === 'minimum_age' || kind === 'education' ? after > before : after < before;
}

export const takesValue = (kind: RuleKind) => kind === 'education' || kind in ranges;

/** Smallest and largest value that a rule takes. */
const ranges: Partial<Record<RuleKind, [number, number]>> = {
  term_years: [1, 20],
  term_limit: [1, 10],
  minimum_age: [10, 99],
  maximum_age: [10, 99],
};

/** What is wrong with a value, in words, or null. */
export function valueProblem(
  rule: { kind: RuleKind; severity: Severity; value: number | null },
  levels: readonly Level[],
): string | null {
  const { kind, severity, value } = rule;
  if (!takesValue(kind)) return value === null ? null : 'Aturan ini tidak memakai angka';
  if (value === null) {
    if (severity === 'off') return null;
    return kind === 'education'
      ? 'Pilih pendidikan paling rendah'
      : `Isi ${ruleNames[kind].toLowerCase()}`;
  }
  if (kind === 'education')
    return levels.some(({ rank }) => rank === value) ? null : 'Pilih pendidikan dari daftar';
  const [smallest, largest] = ranges[kind] ?? [0, 0];
  return value >= smallest && value <= largest
    ? null
    : `Isi dengan angka ${smallest} sampai ${largest}`;
}
