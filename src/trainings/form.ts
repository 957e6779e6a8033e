import { z } from 'zod';
import {
  date,
  optionalChoice,
  optionalText,
  requiredText,
  version,
  pageNumber,
} from '#src/http/fields.ts';
import { tickedIn, ticks } from '#src/http/ticks.ts';
import { signed } from '#src/list-office.ts';
import { pillars, type Pillar, statusSlugs, trainingLists } from '#src/trainings/rules.ts';

const pillarNames = Object.keys(pillars) as [Pillar, ...Pillar[]];

export const trainingQuery = z.strictObject({
  daftar: z.enum(trainingLists, { error: 'Pilih daftar dari tautan di atas' }).optional(),
  status: optionalChoice(statusSlugs, 'Pilih status dari daftar'),
  tahun: z
    .string()
    .regex(/^((19|20)\d{2})?$/, 'Pilih tahun dari daftar')
    .optional()
    .transform((text) => (text ? Number(text) : null)),
  penyelenggara: optionalText(120),
  pilar: optionalChoice(pillarNames, 'Pilih pilar dari daftar'),
  halaman: pageNumber,
});
export type TrainingQuery = z.output<typeof trainingQuery>;
export const trainingPdfQuery = trainingQuery.extend(signed);

const tick = z.literal('on').optional();
const pillarTicks = Object.fromEntries(
  Object.keys(pillars).map((pillar) => [`pillar_${pillar}`, tick]),
) as Record<`pillar_${Pillar}`, typeof tick>;

const wholeNumber = (sentence: string, smallest: number, largest: number) =>
  z
    .string()
    .regex(/^\d{0,4}$/, sentence)
    .optional()
    .transform((text) => (text ? Number(text) : null))
    .refine((value) => value === null || (value >= smallest && value <= largest), sentence);

export const trainingForm = z.strictObject({
  version,
  title: requiredText('Isi judul pelatihan', 160).min(3, 'Judul paling sedikit 3 huruf'),
  aims: optionalText(2000),
  legalBasis: optionalText(600),
  budgetSource: optionalText(160),
  capacity: wholeNumber('Isi dengan angka 1 sampai 5000, contoh 60', 1, 5000),
  minimumShare: wholeNumber('Isi dengan angka 1 sampai 100, contoh 80', 1, 100),
  ...pillarTicks,
  /** Whose officers are trained; no city has as many kelurahan. */
  ...ticks('kelurahan', 300),
});
export type TrainingInput = z.output<typeof trainingForm>;
export const kelurahanIdsIn = (input: TrainingInput) => tickedIn('kelurahan', input);

const time = (sentence: string) =>
  z
    .string({ error: sentence })
    .regex(/^([01]?\d|2[0-3])[.:]([0-5]\d)$/, sentence)
    .transform((text) => text.replace('.', ':').padStart(5, '0'));

export const sessionForm = z
  .strictObject({
    version,
    heldOn: date('Isi hari dan tanggal sesi'),
    startsAt: time('Isi jam mulai, contoh 08.00'),
    endsAt: time('Isi jam selesai, contoh 11.30'),
    venue: requiredText('Isi tempat, contoh Bale Hinggil', 160).min(
      2,
      'Tempat paling sedikit 2 huruf',
    ),
    topic: requiredText('Isi materi atau acara sesi ini', 200).min(
      3,
      'Materi paling sedikit 3 huruf',
    ),
    speakers: optionalText(300),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, {
    path: ['endsAt'],
    message: 'Jam selesai harus sesudah jam mulai',
  });
export type SessionInput = z.output<typeof sessionForm>;

export const stepForm = z.strictObject({ version });
export const cancelForm = z.strictObject({
  version,
  reason: requiredText('Tulis alasan pembatalan', 300).min(3, 'Tulis alasan pembatalan'),
});
