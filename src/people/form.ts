import { z } from 'zod';
import { today } from '#src/format.ts';
import {
  optionalDate,
  optionalId,
  optionalTerritoryNumber,
  optionalText,
  personName,
  phone,
  requiredText,
  title,
  version,
} from '#src/http/fields.ts';
import { bareNik, nikProblem } from '#src/people/rules.ts';

export const personForm = z.strictObject({
  version,
  frontTitle: title,
  name: personName,
  backTitle: title,
  sex: z.enum(['male', 'female'], { error: 'Pilih jenis kelamin' }),
  /** Empty leaves the NIK as it is. */
  nik: z
    .string()
    .optional()
    .transform((text) => bareNik(text ?? '') || null)
    .superRefine((nik, context) => {
      const problem = nik === null ? null : nikProblem(nik);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
  nikCompared: z.literal('on').optional(),
  twinsCompared: z.literal('on').optional(),
  birthPlace: optionalText(60),
  birthDate: optionalDate.refine(
    (date) => date === null || date <= today(),
    'Tanggal lahir tidak boleh sesudah hari ini',
  ),
  address: optionalText(200),
  rtNumber: optionalTerritoryNumber('RT'),
  rwNumber: optionalTerritoryNumber('RW'),
  phone,
  educationLevel: optionalId('Pilih pendidikan dari daftar'),
  occupation: optionalId('Pilih pekerjaan dari daftar'),
});
export type PersonInput = z.output<typeof personForm>;

/** The reason goes into the audit trail, which holds no number of a person. */
export const revealForm = z.strictObject({
  reason: requiredText('Tulis alasan melihat NIK', 200)
    .refine(
      (text) => (text.match(/\p{L}/gu) ?? []).length >= 5,
      'Tulis alasan dengan kata-kata, paling sedikit 5 huruf',
    )
    .refine(
      (text) => !/\d{9,}/.test(text.replaceAll(/[\s.+-]/g, '')),
      'Jangan tulis NIK atau nomor HP di alasan',
    ),
});
export type RevealInput = z.output<typeof revealForm>;
