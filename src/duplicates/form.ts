import { z } from 'zod';
import { idChoice, version, pageNumber } from '#src/http/fields.ts';
import { signed } from '#src/list-office.ts';

export const lists = ['dugaan', 'berbeda', 'digabung'] as const;

export const listQuery = z.strictObject({
  daftar: z.enum(lists, { error: 'Pilih daftar dari halaman ini' }).optional(),
  halaman: pageNumber,
});
export type ListQuery = z.output<typeof listQuery>;
export const listPdfQuery = listQuery.extend(signed);

const otherId = idChoice('Pilih orang yang dibandingkan');

export const comparisonQuery = z.strictObject({ dengan: otherId });
export const pairForm = z.strictObject({ otherId });

/** Whose value the merged person gets; a field in which both agree is not asked for. */
const choice = z.enum(['own', 'other'], { error: 'Pilih salah satu' }).optional();

export const mergeForm = z.strictObject({
  otherId,
  version,
  otherVersion: version,
  fullName: choice,
  nik: choice,
  sex: choice,
  birthPlace: choice,
  birthDate: choice,
  home: choice,
  phone: choice,
  educationLevel: choice,
  occupation: choice,
});
export type MergeInput = z.output<typeof mergeForm>;
