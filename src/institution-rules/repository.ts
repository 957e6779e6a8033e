import type { Transaction } from '#src/database.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { positionIdsIn, type RuleInput } from '#src/institution-rules/form.ts';
import {
  type Rule,
  type RuleKind,
  ruleKinds,
  type Severity,
  worded,
  type WordedRule,
} from '#src/institution-rules/rules.ts';

type Row = Omit<Rule, 'kind' | 'severity' | 'countedFrom' | 'holdsFrom'> & {
  institutionTypeId: number;
  kind: string;
  severity: string;
  countedFrom: Date | null;
  holdsFrom: Date;
};

/** A type's rules in the order of their kinds, in words. */
export async function listRules(tx: Transaction, institutionTypeId: number): Promise<WordedRule[]> {
  const rows = await tx.institutionRule.findMany({ where: { institutionTypeId } });
  return inWords(rows, await listLevels(tx));
}

const inWords = (rows: Row[], levels: Awaited<ReturnType<typeof listLevels>>): WordedRule[] =>
  rows
    .map((row) => worded(shapeRule(row), levels))
    .toSorted((one, other) => ruleKinds.indexOf(one.kind) - ruleKinds.indexOf(other.kind));

/** The rules of every type, by the type's id. */
export async function listRulesByType(tx: Transaction): Promise<Map<number, WordedRule[]>> {
  const rows = await tx.institutionRule.findMany();
  const levels = await listLevels(tx);
  const byType = Map.groupBy(rows, ({ institutionTypeId }) => institutionTypeId);
  return new Map([...byType].map(([id, own]) => [id, inWords(own, levels)]));
}

export async function getRule(tx: Transaction, id: number) {
  const row = await tx.institutionRule.findUnique({
    where: { id },
    include: {
      institutionType: {
        select: {
          id: true,
          name: true,
          shortName: true,
          positionTypes: {
            orderBy: { sortOrder: 'asc' },
            select: { id: true, name: true, required: true },
          },
        },
      },
    },
  });
  if (!row) throw notFound();
  const { institutionType, ...rule } = row;
  const { positionTypes, ...type } = institutionType;
  return {
    ...shapeRule(rule),
    type,
    positions: rule.kind === 'required_positions' ? positionTypes : [],
  };
}

/** With it, which positions have to be filled. False when somebody else changed the rule since this version. */
export async function saveRule(tx: Transaction, id: number, input: RuleInput): Promise<boolean> {
  const { version, severity, value, countsActing, legalBasis, holdsFrom, countedFrom } = input;
  const positionIds = positionIdsIn(input);
  const { count } = await tx.institutionRule.updateMany({
    where: { id, version },
    data: {
      severity,
      value,
      countsActing,
      legalBasis,
      holdsFrom: prismaDate(holdsFrom),
      countedFrom: countedFrom && prismaDate(countedFrom),
      version: { increment: 1 },
    },
  });
  if (count === 1)
    for (const required of [true, false])
      await tx.positionType.updateMany({
        where: {
          required: !required,
          id: required ? { in: positionIds } : { notIn: positionIds },
          institutionType: { rules: { some: { id, kind: 'required_positions' } } },
        },
        data: { required },
      });
  return count === 1;
}

/** Every type with how many of its rules are in force. */
export async function listTypes(tx: Transaction) {
  const types = await tx.institutionType.findMany({
    orderBy: { sortOrder: 'asc' },
    select: {
      id: true,
      code: true,
      name: true,
      shortName: true,
      rules: { select: { severity: true } },
    },
  });
  return types.map(({ rules, ...type }) => ({
    ...type,
    block: count(rules, 'block'),
    warn: count(rules, 'warn'),
    review: count(rules, 'review'),
  }));
}

const count = (rules: { severity: string }[], wanted: Severity) =>
  rules.filter(({ severity }) => severity === wanted).length;

export async function getType(tx: Transaction, id: number) {
  const type = await tx.institutionType.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      shortName: true,
      positionTypes: {
        where: { required: true },
        orderBy: { sortOrder: 'asc' },
        select: { name: true },
      },
    },
  });
  if (!type) throw notFound();
  return type;
}

export const listLevels = (tx: Transaction) =>
  tx.educationLevel.findMany({ orderBy: { rank: 'asc' } });

const shapeRule = ({ institutionTypeId: _type, ...row }: Row): Rule => ({
  ...row,
  kind: row.kind as RuleKind,
  severity: row.severity as Severity,
  countedFrom: row.countedFrom && isoDate(row.countedFrom),
  holdsFrom: isoDate(row.holdsFrom),
});
