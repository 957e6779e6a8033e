import { randomBytes } from 'node:crypto';
import * as format from '#src/format.ts';

/** Which certificates of a list are shown. */
export const certificateFilters = ['berhak', 'terbit', 'dicabut', 'belum'] as const;
export const filterLabels: Record<(typeof certificateFilters)[number], string> = {
  berhak: 'Berhak, belum terbit',
  terbit: 'Sudah terbit',
  dicabut: 'Dicabut',
  belum: 'Belum memenuhi syarat',
};

/** "80% dari 2 sesi ialah 1,6, dibulatkan ke atas menjadi 2 sesi." The database counts the same (training_standings). */
export function requirementInWords(sessions: number, share: number): string {
  const exact = (sessions * share) / 100;
  const needed = neededOf(sessions, share);
  const told = `${share}% dari ${sessions} sesi`;
  return Number.isInteger(exact)
    ? `${told} ialah ${needed} sesi.`
    : `${told} ialah ${format.number(exact)}, dibulatkan ke atas menjadi ${needed} sesi.`;
}

export const neededOf = (sessions: number, share: number) =>
  Math.max(1, Math.ceil((sessions * share) / 100));

type Standing = { attended: number; sessions: number; needed: number };

export const isEligible = ({ attended, needed }: Standing) => attended >= needed;

/** "Hadir 1 dari 2 sesi, perlu 2" */
export const standingInWords = ({ attended, sessions, needed }: Standing) =>
  `Hadir ${attended} dari ${sessions} sesi, perlu ${needed}`;

const tokens = ['urut', 'tahun', 'bulan', 'bulan romawi'] as const;
const romanMonths = 'I II III IV V VI VII VIII IX X XI XII'.split(' ');
const longestNumber = 80;

/** Why this cannot number certificates, as a sentence, or null. */
export function patternProblem(pattern: string): string | null {
  if (pattern.split('{urut}').length !== 2)
    return 'Tulis {urut} satu kali, di tempat nomor urut, contoh {urut}/LKK-KW/{bulan romawi}/{tahun}';
  const known = tokens.reduce((text, token) => text.replaceAll(`{${token}}`, ''), pattern);
  if (/[{}]/.test(known))
    return 'Dalam kurung kurawal hanya urut, tahun, bulan, atau bulan romawi yang dikenal';
  if (numberFrom(pattern, { sequence: 99_999, day: '2025-08-07' }).length > longestNumber)
    return `Nomor yang dihasilkan paling panjang ${longestNumber} huruf`;
  return null;
}

/** 012/LKK-KW/VIII/2025; the running number has at least three digits, so that papers sort by it. */
export function numberFrom(pattern: string, next: { sequence: number; day: string }): string {
  const [year = '', month = ''] = next.day.split('-');
  return pattern
    .replaceAll('{urut}', String(next.sequence).padStart(3, '0'))
    .replaceAll('{tahun}', year)
    .replaceAll('{bulan romawi}', romanMonths[Number(month) - 1] ?? '')
    .replaceAll('{bulan}', month);
}

/** 32 characters without look-alikes, so that a random byte picks each of them equally often. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codeLength = 26;

/** 130 random bits. */
export const newCode = () =>
  Array.from(randomBytes(codeLength), (byte) => alphabet[byte % 32]).join('');

/** A code as somebody typed it, in any case and with spaces or dashes; null when it cannot be one. */
export function codeFrom(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s\p{Pd}.]+/gu, '');
  return new RegExp(`^[${alphabet}]{${codeLength}}$`).test(code) ? code : null;
}

/** In groups of four, as it is printed. */
export const codeInGroups = (code: string) => code.replaceAll(/(.{4})(?=.)/g, '$1-');

/** A lesson (jam pelajaran, JP) has 45 minutes; what is left of one does not count. */
export function lessonsIn(sessions: readonly { startsAt: Date; endsAt: Date }[]): number {
  const minutes = sessions.reduce(
    (sum, { startsAt, endsAt }) => sum + (endsAt.getTime() - startsAt.getTime()) / 60_000,
    0,
  );
  return Math.floor(minutes / 45);
}

/** "Kamis, 7 Agustus 2025", "7–9 Agustus 2025", "30 Juli–2 Agustus 2025" */
export function daysInWords(from: string, until: string): string {
  if (from === until) return format.fullDate(from);
  if (from.slice(0, 7) === until.slice(0, 7))
    return `${Number(from.slice(8))}–${format.date(until)}`;
  return from.slice(0, 4) === until.slice(0, 4)
    ? `${format.date(from).replace(/ \d{4}$/, '')}–${format.date(until)}`
    : `${format.date(from)}–${format.date(until)}`;
}
