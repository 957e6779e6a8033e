import { dateOfSerial } from '#src/imports/workbook.ts';

/** A date as lists of officers hold it: a serial number, `7-8-2025`, `7/8/2025` or `Kamis, 7 Agustus 2025`; null for none. */
export function readDate(text: string): string | null {
  const day = writtenDate(text);
  return day !== null && isOnCalendar(day) ? day : null;
}

/** Whether the text is a day, month and year of which there is no such day, as 31 February. */
export function isOffCalendar(text: string): boolean {
  const day = writtenDate(text) ?? '';
  return isOfOurTime(day) && !day.includes('-00-') && !isOnCalendar(day);
}

function writtenDate(text: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text.slice(0, 10);
  if (/^\d{5}(\.\d+)?$/.test(text)) return dateOfSerial(Number(text));
  const words = /(\d{1,2})[\s.,/-]*([a-z]{3,})[\s.,/-]*(\d{2,4})\b/i.exec(text);
  if (words) return assembled(words[1], monthOf(words[2] ?? ''), words[3]);
  const digits = /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$/.exec(text.trim());
  return digits ? assembled(digits[1], Number(digits[2]), digits[3]) : null;
}

const months: [RegExp, number][] = [
  [/^jan/i, 1],
  [/^(feb|peb)/i, 2],
  [/^mar/i, 3],
  [/^apr/i, 4],
  [/^(mei|may)/i, 5],
  [/^jun/i, 6],
  [/^jul/i, 7],
  [/^(ag|aug)/i, 8],
  [/^sep/i, 9],
  [/^o[kc]t/i, 10],
  [/^no[vp]/i, 11],
  [/^de[sc]/i, 12],
];
const monthOf = (word: string) => months.find(([pattern]) => pattern.test(word))?.[1] ?? 0;

/** Two digits of a year are of the past: 85 is 1985 and 25 is 2025. */
function assembled(day = '', month: number, year = ''): string {
  const thisYear = new Date().getUTCFullYear() % 100;
  const whole = year.length === 4 ? year : `${Number(year) > thisYear + 10 ? 19 : 20}${year}`;
  return `${whole}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const isOfOurTime = (day: string) => /^(19|20)\d{2}-\d{2}-\d{2}$/.test(day);

function isOnCalendar(day: string): boolean {
  if (!isOfOurTime(day)) return false;
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
}
