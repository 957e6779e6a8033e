/** What an institution type asks of its officers: the words of each rule, and when a change makes it stricter. */

export const ruleKinds = [
  'term_years',
  'term_limit',
  'concurrent_office',
  'minimum_age',
  'maximum_age',
  'education',
  'required_positions',
  'one_field',
  'ex_officio_chair',
] as const;
export type RuleKind = (typeof ruleKinds)[number];

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

/** In order of strictness. */
export const severities = ['off', 'review', 'warn', 'block'] as const;
export type Severity = (typeof severities)[number];

/** Rules that the lurah may set aside for one officer, with a reason and the decree that appoints them. */
export const overridableRules = [
  'concurrent_office',
  'term_limit',
  'minimum_age',
  'maximum_age',
  'education',
] as const satisfies RuleKind[];
export type OverridableRule = (typeof overridableRules)[number];

export const isOverridable = (kind: RuleKind | undefined): kind is OverridableRule =>
  overridableRules.some((overridable) => overridable === kind);

/** Rules that only people can weigh; the database cannot hold them as a block. */
export const isBlockable = (kind: RuleKind) =>
  kind !== 'required_positions' && kind !== 'ex_officio_chair';

export type Rule = {
  id: number;
  kind: RuleKind;
  severity: Severity;
  value: number | null;
  countedFrom: string | null;
  countsActing: boolean;
  legalBasis: string;
  holdsFrom: string;
  version: number;
};

type Level = { rank: number; label: string };
/** A rule as pages and checks say it. */
export type WordedRule = Rule & { name: string; text: string };

export const ruleNames: Record<RuleKind, string> = {
  term_years: 'Lama masa bakti',
  term_limit: 'Batas masa bakti',
  concurrent_office: 'Larangan rangkap jabatan',
  minimum_age: 'Usia paling rendah',
  maximum_age: 'Usia paling tinggi',
  education: 'Pendidikan paling rendah',
  required_positions: 'Jabatan yang wajib terisi',
  one_field: 'Kader hanya pada satu bidang',
  ex_officio_chair: 'Ketua menjabat karena kedudukan',
};

/** The unit of a rule's value, or null for a rule without one. */
export const ruleUnits: Partial<Record<RuleKind, string>> = {
  term_years: 'tahun',
  term_limit: 'kali masa bakti',
  minimum_age: 'tahun',
  maximum_age: 'tahun',
};

export const severityBadges: Record<
  Severity,
  { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' }
> = {
  block: { label: 'Menghalangi', tone: 'bad' },
  warn: { label: 'Diingatkan', tone: 'warn' },
  review: { label: 'Diteliti', tone: 'info' },
  off: { label: 'Tidak berlaku' },
};

/** "Usia paling rendah 17 tahun" */
export function sentenceOf(rule: Pick<Rule, 'kind' | 'value'>, levels: readonly Level[]): string {
  const { kind, value } = rule;
  if (value === null) return ruleNames[kind];
  switch (kind) {
    case 'term_years':
      return `Masa bakti paling lama ${value} tahun`;
    case 'term_limit':
      return `Paling banyak ${value} kali masa bakti`;
    case 'education':
      return `Pendidikan paling rendah ${levels.find(({ rank }) => rank === value)?.label ?? '(tidak dikenal)'}`;
    default:
      return `${ruleNames[kind]} ${value} ${ruleUnits[kind] ?? ''}`.trim();
  }
}

/** The rule with its source: "Larangan rangkap jabatan. Dasar: Permendagri 18/2018". */
export function worded(rule: Rule, levels: readonly Level[]): WordedRule {
  const sentence = sentenceOf(rule, levels);
  const source = rule.legalBasis ? `. Dasar: ${rule.legalBasis}` : '';
  return { ...rule, name: sentence, text: `${sentence}${source}` };
}

/** The rule of this kind that binds a tenure which starts on a day, or undefined. */
export const boundBy = <Known extends Rule>(
  rules: readonly Known[],
  kind: RuleKind,
  startOn: string,
): Known | undefined =>
  rules.find((rule) => rule.kind === kind && rule.severity !== 'off' && rule.holdsFrom <= startOn);

/** The years that a board may last at most by a rule that blocks, or null. */
export function blockingYears(rules: readonly Rule[], startsOn: string): number | null {
  const rule = boundBy(rules, 'term_years', startsOn);
  return rule?.severity === 'block' ? rule.value : null;
}

/** What a violation is, for one officer or one seat without any. */
export function breakInWords(found: {
  kind: RuleKind;
  value: number | null;
  number: number | null;
  other: string | null;
  personId: number | null;
}): string {
  switch (found.kind) {
    case 'term_years':
      return `Masa jabatan direncanakan lebih dari ${found.value} tahun`;
    case 'term_limit':
      return `Masa bakti ke-${found.number} dalam jabatan ini`;
    case 'concurrent_office':
      return `Juga menjabat ${found.other}`;
    case 'minimum_age':
      return `Belum berusia ${found.value} tahun ketika mulai menjabat`;
    case 'maximum_age':
      return `Berusia lebih dari ${found.value} tahun ketika mulai menjabat`;
    case 'education':
      return `Pendidikan terakhir ${found.other}`;
    case 'required_positions':
      return found.personId === null
        ? 'Jabatan ini kosong'
        : 'Masa bakti sudah habis dan belum ada penggantinya';
    case 'one_field':
      return `Juga bertugas sebagai ${found.other}`;
    case 'ex_officio_chair':
      return `SK ditandatangani ${found.other}, lurah sebelumnya`;
  }
}

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

/** Smallest and largest value that a rule takes. */
const ranges: Partial<Record<RuleKind, [number, number]>> = {
  term_years: [1, 20],
  term_limit: [1, 10],
  minimum_age: [10, 99],
  maximum_age: [10, 99],
};

export const takesValue = (kind: RuleKind) => kind === 'education' || kind in ranges;

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
