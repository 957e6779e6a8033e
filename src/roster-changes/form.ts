import { z } from 'zod';
import { today } from '#src/format.ts';
import {
  date,
  decreeNumber,
  idChoice,
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
import { signed } from '#src/list-office.ts';
import { nikProblem } from '#src/people/rules.ts';
import { changeKinds, changeStatuses, endReasons, isEndReason } from '#src/roster-changes/rules.ts';

export const queueQuery = z.strictObject({
  status: z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(z.union([z.null(), z.enum(changeStatuses)], { error: 'Pilih status dari daftar' })),
  halaman: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'Nomor halaman tidak dikenal')
    .optional()
    .transform((text) => Number(text ?? 1)),
});

export const queuePdfQuery = queueQuery.extend(signed);

export const newChangeQuery = z.strictObject({
  lembaga: optionalId('Pilih lembaga dari daftar'),
  kursi: optionalId('Pilih jabatan dari daftar'),
});

export const newChangeForm = z.strictObject({
  institutionId: idChoice('Pilih lembaga'),
  seatId: optionalId('Pilih jabatan dari daftar'),
  kind: z.enum(changeKinds, { error: 'Pilih apa yang berubah' }),
});

export const seatForm = z.strictObject({ seatId: idChoice('Pilih jabatan') });

/** Who takes a seat: `person:12` for somebody who sits in this institution, `new` for another person, `vacant` for nobody. */
export const nomineeForm = z.strictObject({
  nominee: z
    .string({ error: 'Pilih siapa yang menjabat' })
    .regex(/^(person:[1-9]\d{0,8}|new|vacant)$/, 'Pilih siapa yang menjabat'),
});

export const nameForm = z.strictObject({
  frontTitle: title,
  name: personName,
  backTitle: title,
  sex: z.enum(['male', 'female'], { error: 'Pilih jenis kelamin' }),
});

/** Whether the candidate is somebody who is known already: `person:12`, or `different` from everybody shown. */
export const matchForm = z.strictObject({
  match: z
    .string({ error: 'Pilih apakah calon ini salah satu dari mereka' })
    .regex(/^(person:[1-9]\d{0,8}|different)$/, 'Pilih apakah calon ini salah satu dari mereka'),
});

export const identityForm = z.strictObject({
  nik: z
    .string()
    .optional()
    .transform((text) => (text ?? '').replaceAll(/[\s.-]/g, '') || null)
    .superRefine((nik, context) => {
      const problem = nik === null ? null : nikProblem(nik);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
  birthPlace: optionalText(60),
  birthDate: optionalDate,
  educationLevel: optionalId('Pilih pendidikan dari daftar'),
  occupation: optionalId('Pilih pekerjaan dari daftar'),
});

export const contactForm = z.strictObject({
  phone,
  address: optionalText(200),
  rtNumber: optionalTerritoryNumber('RT'),
  rwNumber: optionalTerritoryNumber('RW'),
});

const reason = requiredText('Tulis alasan perubahan', 500);

/** Of the meeting or the election that the proposal follows; its decree notes them. */
const minutes = {
  minutesNumber: optionalText(80),
  minutesOn: optionalDate.refine(
    (day) => day === null || day <= today(),
    'Tanggal berita acara tidak boleh sesudah hari ini',
  ),
};

export const timeForm = z.strictObject({
  effectiveOn: date('Isi tanggal mulai berlaku'),
  endReason: z
    .string()
    .optional()
    .transform((text) => text || null)
    .refine((text) => text === null || isEndReason(text), 'Pilih sebab berhenti dari daftar'),
  reason,
  ...minutes,
});

export const termForm = z.strictObject({
  effectiveOn: date('Isi hari pertama masa bakti'),
  lastDay: date('Isi hari terakhir masa bakti'),
  reason,
  ...minutes,
});

export const versionForm = z.strictObject({ version });

/** Places for exceptions on the page of an approval; whoever needs more returns the proposal. */
export const exceptionSlots = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const;
type Slot = (typeof exceptionSlots)[number];

/** A tick that names seat and rule ('12:education'), and its reason, for each that the lurah sets aside. */
const exceptionFields = Object.fromEntries(
  exceptionSlots.flatMap((slot) => [
    [
      `except_${slot}`,
      z
        .string()
        .regex(/^[1-9]\d{0,8}:[a-z_]{1,30}$/, 'Pilih dari yang ditampilkan')
        .optional(),
    ],
    [`reason_${slot}`, optionalText(300)],
  ]),
) as Record<`except_${Slot}`, z.ZodOptional<z.ZodString>> &
  Record<`reason_${Slot}`, ReturnType<typeof optionalText>>;

export const approvalForm = z.strictObject({
  version,
  decreeNumber,
  decreedOn: date('Isi tanggal SK'),
  ...exceptionFields,
  endingNumber: optionalText(80).pipe(decreeNumber.nullable()),
  endingDecreedOn: optionalDate,
});

export const noteForm = z.strictObject({
  version,
  note: requiredText('Tulis catatan untuk pengusul', 1000),
});
export const refusalForm = z.strictObject({
  version,
  note: requiredText('Tulis alasan penolakan', 1000),
});

export type NewChangeInput = z.output<typeof newChangeForm>;
export type NameInput = z.output<typeof nameForm>;
export type IdentityInput = z.output<typeof identityForm>;
export type ContactInput = z.output<typeof contactForm>;
export type ApprovalInput = z.output<typeof approvalForm>;

/** A person who is only proposed, as kept on the line; which parts are there tells which pages were filled in. */
export const candidateShape = z.object({
  frontTitle: z.string().nullable().optional(),
  name: z.string().optional(),
  backTitle: z.string().nullable().optional(),
  sex: z.enum(['male', 'female']).optional(),
  birthPlace: z.string().nullable().optional(),
  birthDate: z.string().nullable().optional(),
  educationLevel: z.number().nullable().optional(),
  occupation: z.number().nullable().optional(),
  phone: z.string().nullable().optional(),
  address: z.string().nullable().optional(),
  rtNumber: z.number().nullable().optional(),
  rwNumber: z.number().nullable().optional(),
  /** Ids of people who may be this person and of whom that is still to be asked. */
  suspects: z.array(z.number()).optional(),
  /** Ids of people who are not this person, as the maker said. */
  differs: z.array(z.number()).optional(),
});
export type Candidate = z.output<typeof candidateShape>;

export const endReasonOptions = Object.entries(endReasons).map(([value, label]) => ({
  value,
  label,
}));
