/** What an institution type asks of its officers, and how each rule is said. */

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

export type Level = { rank: number; label: string };

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
