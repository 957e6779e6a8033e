import * as format from '#src/format.ts';
import { positionIdsIn, type RuleInput } from '#src/institution-rules/form.ts';
import { tickValues } from '#src/http/ticks.ts';
import {
  type Rule,
  type RuleKind,
  sentenceOf,
  severities,
  severityBadges,
} from '#src/institution-rules/rules.ts';
import { isBlockable } from '#src/institution-rules/settings.ts';

type Position = { id: number; name: string; required: boolean };

/** What the edit form starts from. */
export const formValues = (
  rule: Rule,
  positions: readonly Position[],
): Record<string, string | number | null> => ({
  version: rule.version,
  severity: rule.severity,
  value: rule.value,
  countedFrom: rule.countedFrom,
  countsActing: rule.countsActing ? 'on' : null,
  legalBasis: rule.legalBasis,
  holdsFrom: rule.holdsFrom,
  ...tickValues(
    'position',
    positions.map(({ id, required }) => ({ id, isTicked: required })),
  ),
});

const consequences = {
  block: {
    label: 'Menghalangi',
    hint: 'Usulan tidak dapat disetujui, kecuali lurah memberi pengecualian yang tercatat.',
  },
  warn: { label: 'Diingatkan', hint: 'Usulan dapat disetujui; peringatan tampil lebih dulu.' },
  review: { label: 'Diteliti', hint: 'Lurah diminta meneliti sendiri sebelum memutuskan.' },
  off: { label: 'Tidak berlaku', hint: 'Aturan tersimpan, tetapi tidak diperiksa.' },
} as const;

/** The strictest first. */
export const severityOptions = (kind: RuleKind) =>
  severities
    .toReversed()
    .filter((value) => value !== 'block' || isBlockable(kind))
    .map((value) => ({ value, ...consequences[value] }));

/** What was typed otherwise than it is stored now. */
export function differences(
  rule: Rule,
  input: RuleInput,
  known: { levels: readonly { rank: number; label: string }[]; positions: readonly Position[] },
) {
  const { levels, positions } = known;
  const pairs: [string, string | null, string | null][] = [
    ['Aturan', sentenceOf(rule, levels), sentenceOf({ ...rule, ...input }, levels)],
    ['Akibat', severityBadges[rule.severity].label, severityBadges[input.severity].label],
    ['Dihitung sejak', day(rule.countedFrom), day(input.countedFrom)],
    ['Pelaksana dan penjabat', counted(rule.countsActing), counted(input.countsActing)],
    [
      'Jabatan yang wajib terisi',
      namesOf(positions, ({ required }) => required),
      namesOf(positions, ({ id }) => positionIdsIn(input).includes(id)),
    ],
    ['Berlaku sejak', day(rule.holdsFrom), day(input.holdsFrom)],
    ['Dasar hukum', rule.legalBasis || null, input.legalBasis],
  ];
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([label, before, after]) => ({ label, before, after }));
}

const namesOf = (positions: readonly Position[], isWanted: (position: Position) => boolean) =>
  positions
    .filter(isWanted)
    .map(({ name }) => name)
    .join(', ') || null;
const day = (value: string | null) => value && format.date(value);
const counted = (counts: boolean) => (counts ? 'Dihitung' : 'Tidak dihitung');
