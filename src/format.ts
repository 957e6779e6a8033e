import { city } from '#src/city.ts';

/** How dates, numbers, names and phones are written in Indonesian (ux.md, section 8). Calendar dates are '2025-08-07'. */

const longDate = new Intl.DateTimeFormat('id-ID', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const mediumDate = new Intl.DateTimeFormat('id-ID', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const weekdayDate = new Intl.DateTimeFormat('id-ID', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const wholeNumber = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1 });
const oneDecimal = new Intl.NumberFormat('id-ID', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** 7 Agustus 2025 */
export const date = (value: string) => longDate.format(new Date(`${value}T00:00:00Z`));
/** 7 Agu 2025, for tables */
export const shortDate = (value: string) => mediumDate.format(new Date(`${value}T00:00:00Z`));
/** 07-08-2025, in the tables of files (domain.md, section 5.2) */
export const numericDate = (value: string) => value.split('-').toReversed().join('-');
/** Kamis, 7 Agustus 2025 */
export const fullDate = (value: string) => weekdayDate.format(new Date(`${value}T00:00:00Z`));

/** The last day that people see, of a range that the database ends on the day after. */
export const lastDay = (endsOn: string) => addDays(endsOn, -1);

/** 2025–2030, from a half-open range of dates; an open end is "sekarang". */
export function term(startsOn: string, endsOn: string | null): string {
  const from = startsOn.slice(0, 4);
  return endsOn === null ? `${from}–sekarang` : `${from}–${lastDay(endsOn).slice(0, 4)}`;
}

/** 7 Agustus 2025 pukul 09.05 WIB */
export function moment(value: Date): string {
  const zone = city().timeZone;
  const { day, time } = formatsIn(zone);
  return `${date(day.format(value))} pukul ${time.format(value)} ${zoneNames[zone] ?? ''}`.trim();
}

/** 08.12 WIB */
export function clock(value: Date): string {
  const zone = city().timeZone;
  return `${formatsIn(zone).time.format(value)} ${zoneNames[zone] ?? ''}`.trim();
}

/** Kamis, 7 Agustus 2025 pukul 08.00–11.30 WIB; an end on another day is told in full. */
export function span(from: Date, until: Date): string {
  const start = dayOf(from);
  if (dayOf(until) !== start) return `${moment(from)} sampai ${moment(until)}`;
  return `${fullDate(start)} pukul ${hours(from, until)}`;
}

/** 08.00–11.30 WIB */
export function hours(from: Date, until: Date): string {
  const { time } = formatsIn(city().timeZone);
  return `${time.format(from)}–${clock(until)}`;
}

const zoneNames: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** Today's calendar date in the city. */
export const today = () => formatsIn(city().timeZone).day.format(new Date());

/** The calendar date of a moment in the city. */
export const dayOf = (value: Date) => formatsIn(city().timeZone).day.format(value);

/** The hour of the day in the city, 0 to 23. */
export const hourNow = () => Number(formatsIn(city().timeZone).hour.format(new Date()));

const formatsByZone = new Map<string, ReturnType<typeof makeFormats>>();

/** Making a format takes longer than a page's whole template, so each is made once. */
function formatsIn(timeZone: string) {
  const known = formatsByZone.get(timeZone);
  if (known) return known;
  const formats = makeFormats(timeZone);
  formatsByZone.set(timeZone, formats);
  return formats;
}

const makeFormats = (timeZone: string) => ({
  day: new Intl.DateTimeFormat('en-CA', { timeZone }),
  time: new Intl.DateTimeFormat('id-ID', { hour: '2-digit', minute: '2-digit', timeZone }),
  hour: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone }),
});

export function addDays(value: string, days: number): string {
  const moved = new Date(`${value}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The same day years later; 29 February becomes 1 March in a common year. */
export function addYears(value: string, years: number): string {
  const moved = new Date(`${value}T00:00:00Z`);
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return moved.toISOString().slice(0, 10);
}

/** Whole days from one calendar date to another. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** A `date` column as Prisma gives it, midnight UTC, as a calendar date. */
export const isoDate = (value: Date) => value.toISOString().slice(0, 10);
/** A calendar date as Prisma takes it. */
export const prismaDate = (value: string) => new Date(`${value}T00:00:00Z`);

/** 1.234.567,9 */
export const number = (value: number) => wholeNumber.format(value);
/** 4,0: an average keeps its decimal, so that several line up. */
export const average = (value: number) => oneDecimal.format(value);
/** 87,5% */
export const percent = (value: number) => `${wholeNumber.format(value)}%`;

/** H. Ahmad Fauzi, S.Pd. */
export function personName(person: {
  frontTitle: string | null;
  name: string;
  backTitle: string | null;
}): string {
  const named = person.frontTitle ? `${person.frontTitle} ${person.name}` : person.name;
  return person.backTitle ? `${named}, ${person.backTitle}` : named;
}

const standIns: Record<string, string> = { acting: 'Plt.', caretaker: 'Pj.' };

/** "Plt. Ketua": whoever stands in for the holder of a seat is called so, as decrees abbreviate it. */
export const heldPosition = (kind: string | null, position: string) =>
  `${standIns[kind ?? ''] ?? ''} ${position}`.trim();

/** "Sekretaris Pokmas Mawar", but "Ketua RT 010/RW 009": what a position ends with is not said again. */
export function officeOf(position: string, institution: string): string {
  const words = position.split(' ');
  const said = words
    .map((_, index) => words.slice(index).join(' '))
    .find((end) => institution.startsWith(`${end} `));
  return `${position.slice(0, position.length - (said?.length ?? 0)).trim()} ${institution}`.trim();
}

/** "Pokmas Mawar", but "RT 010/RW 009" and "TP PKK Kebonsari Wetan", whose names say of which type they are. */
export const institutionOfType = (type: string, name: string) =>
  ` ${name.toLowerCase()} `.includes(` ${type.toLowerCase()} `) ? name : `${type} ${name}`;

/** 0812-3456-7890, from E.164 */
export function phone(value: string): string {
  const national = value.replace(/^\+62/, '0');
  return national.replace(/^(\d{4})(\d{3,4})(\d+)$/, '$1-$2-$3');
}

/** The number for https://wa.me/, from E.164 */
export const whatsApp = (value: string) => value.slice(1);

/** Opens WhatsApp with the text ready, to a number or for the sender to choose. */
export const whatsAppUrl = (text: string, to: string | null = null) =>
  `https://wa.me/${to === null ? '' : whatsApp(to)}?text=${encodeURIComponent(text)}`;

/** RT 001/RW 003 */
export function territory(rtNumber: number | null, rwNumber: number | null): string {
  const rt = rtNumber === null ? null : `RT ${String(rtNumber).padStart(3, '0')}`;
  const rw = rwNumber === null ? null : `RW ${String(rwNumber).padStart(3, '0')}`;
  return [rt, rw].filter((part) => part !== null).join('/');
}

/** “Kanigaran, semua jenis”: what a filter chose, in one phrase. */
export const choices = (words: (string | null | undefined)[]) =>
  words.filter(Boolean).join(', ').replaceAll(', Semua ', ', semua ');
