import type { RuleKind, WordedRule } from '#src/institution-rules/rules.ts';

/** A broken rule names its kind, and the seat and nominee that break it. */
export type Check = {
  tone: 'good' | 'warn' | 'bad';
  title: string;
  note?: string;
  rule?: RuleKind;
  seatId?: number;
  nominee?: string;
};

/** A rule that is broken: its sentence, its name and source, and what that means for the approval. */
export const broken = (rule: WordedRule, title: string): Check => ({
  tone: rule.severity === 'block' ? 'bad' : 'warn',
  title,
  note: rule.text,
  rule: rule.kind,
});

export const fine = (title: string): Check[] => [{ tone: 'good', title }];
