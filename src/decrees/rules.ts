export const decreeStatuses = ['draft', 'numbered', 'signed', 'revoked'] as const;
export type DecreeStatus = (typeof decreeStatuses)[number];

type Badge = { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' };

/** A signed decree of which the portal has no scan was entered from an older book. */
export function decreeBadge({ status, hasScan }: { status: string; hasScan: boolean }): Badge {
  if (status === 'revoked') return { label: 'Dicabut', tone: 'bad' };
  if (status !== 'signed') return { label: 'Menunggu tanda tangan', tone: 'warn' };
  return hasScan
    ? { label: 'Ditandatangani', tone: 'good' }
    : { label: 'Ditandatangani, tanpa pindaian' };
}

const sequence = '{urut}';
const year = '{tahun}';

/** Why this cannot number decrees, as a sentence, or null. */
export function patternProblem(pattern: string): string | null {
  if (pattern.split(sequence).length !== 2)
    return 'Tulis {urut} satu kali, di tempat nomor urut, contoh 188.45/{urut}/425.504/{tahun}';
  if (pattern.split(year).length > 2) return 'Tulis {tahun} paling banyak satu kali';
  return null;
}

export const numberFrom = (pattern: string, next: { sequence: number; year: number }) =>
  pattern.replace(sequence, String(next.sequence)).replace(year, String(next.year));

/** The running number of a decree numbered by the pattern; null for a number of another shape. */
export function sequenceOf(pattern: string, number: string, ofYear: number): number | null {
  const shape = RegExp.escape(pattern.replace(year, String(ofYear)).replace(sequence, '\u0000'));
  const [, digits] =
    new RegExp(`^${shape.replace(RegExp.escape('\u0000'), '0*(\\d{1,6})')}$`).exec(number) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** One after the last number of the year that follows the pattern. */
export function nextNumber(pattern: string, numbers: readonly string[], ofYear: number): string {
  const used = sequencesIn(pattern, numbers, ofYear);
  return numberFrom(pattern, { sequence: Math.max(0, ...used) + 1, year: ofYear });
}

export type Gap = { from: number; to: number };

/** Runs of numbers that no decree of the year has, below the last one; other offices may have used them. */
export function gapsIn(pattern: string, numbers: readonly string[], ofYear: number): Gap[] {
  const used = [...new Set(sequencesIn(pattern, numbers, ofYear))].toSorted((a, b) => a - b);
  const gaps: Gap[] = [];
  let expected = 1;
  for (const number of used) {
    if (number > expected) gaps.push({ from: expected, to: number - 1 });
    expected = number + 1;
  }
  return gaps;
}

const sequencesIn = (pattern: string, numbers: readonly string[], ofYear: number) =>
  numbers.flatMap((number) => sequenceOf(pattern, number, ofYear) ?? []);

/** "13", "13–15" */
export const gapInWords = ({ from, to }: Gap) => (from === to ? String(from) : `${from}–${to}`);

/** A pattern that the numbers of an office seem to follow: the first run of digits after the first slash counts. */
export function patternSeenIn(number: string): string | null {
  const match = /^([^/]+\/)\d{1,4}(\/.*)$/.exec(number);
  if (!match) return null;
  const [, head = '', tail = ''] = match;
  return `${head}${sequence}${tail.replace(/\/(20\d{2})$/, `/${year}`)}`;
}

/** "188.45/12/425.504/2026" as part of a file name. */
export const fileNameOf = (number: string) => `SK ${number.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}`;
