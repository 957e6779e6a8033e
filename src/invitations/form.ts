import { z } from 'zod';
import {
  idChoice,
  optionalText,
  personName,
  phone,
  requiredText,
  version,
  pageNumber,
} from '#src/http/fields.ts';
import { tickedIn, ticks } from '#src/http/ticks.ts';
import { answerFilters, answers, tellingFilters } from '#src/invitations/rules.ts';

const emptyIsNothing = (text: unknown) => (text === '' ? undefined : text);

/** The code of a type of institution, or that of guests. */
const typeOfInstitution = z
  .string()
  .regex(/^([A-Z][A-Z_]{1,39}|tamu)?$/, 'Pilih unsur dari daftar')
  .optional()
  .transform((text) => text || null);

export const invitationQuery = z.strictObject({
  cari: optionalText(100),
  jawaban: z.preprocess(
    emptyIsNothing,
    z.enum(answerFilters, { error: 'Pilih jawaban dari daftar' }).optional(),
  ),
  jenis: typeOfInstitution,
  kabar: z.preprocess(
    emptyIsNothing,
    z.enum(tellingFilters, { error: 'Pilih kabar dari daftar' }).optional(),
  ),
  halaman: pageNumber,
});
export type InvitationQuery = z.output<typeof invitationQuery>;

/** Boxes of positions and of kelurahan; sent by GET to see who they are, and by POST to invite them. */
export const ruleForm = z.strictObject({
  ...ticks('jabatan', 150),
  ...ticks('kelurahan', 300),
  belum: z.literal('on').optional(),
});
export type RuleInput = z.output<typeof ruleForm>;
export const positionsIn = (input: RuleInput) => tickedIn('jabatan', input);
export const kelurahanIn = (input: RuleInput) => tickedIn('kelurahan', input);

export const institutionQuery = z.strictObject({ cari: optionalText(100) });
export type InstitutionQuery = z.output<typeof institutionQuery>;

const institution = z.preprocess(emptyIsNothing, idChoice('Pilih lembaga dari daftar').optional());
export const officerQuery = z.strictObject({
  cari: optionalText(100),
  lembaga: institution,
  belum: z.preprocess(emptyIsNothing, z.literal('on').optional()),
});
export type OfficerQuery = z.output<typeof officerQuery>;
export const officerForm = officerQuery.extend(ticks('pengurus', 200));
export type OfficerInput = z.output<typeof officerForm>;
export const officersIn = (input: OfficerInput) => tickedIn('pengurus', input);

export const guestForm = z.strictObject({
  name: personName.min(2, 'Nama paling sedikit 2 huruf'),
  office: requiredText('Isi jabatan atau unsurnya, contoh Babinsa', 120),
  phone,
});
export type GuestInput = z.output<typeof guestForm>;

export const tellingQuery = z.strictObject({
  kabar: z.enum(tellingFilters).optional(),
  jenis: typeOfInstitution,
  halaman: pageNumber,
});
export type TellingQuery = z.output<typeof tellingQuery>;

/** `all` takes everybody of that type who is in that state, on whichever page of the list. */
export const tellingForm = z.strictObject({
  kabar: z.enum(tellingFilters),
  jenis: typeOfInstitution,
  all: z.literal('on').optional(),
  ...ticks('undangan', 50),
});
export type TellingInput = z.output<typeof tellingForm>;
export const toldIn = (input: TellingInput) => tickedIn('undangan', input);

export const removalForm = z.strictObject({});
export const sendForm = z.strictObject({ version });
export type SendInput = z.output<typeof sendForm>;

const delegateName = z
  .string()
  .optional()
  .transform((text) => text || null)
  .pipe(z.union([z.null(), personName.min(2, 'Nama paling sedikit 2 huruf')]));

export const answerForm = z
  .strictObject({
    answer: z.enum(answers, { error: 'Pilih Hadir, Diwakilkan, atau Izin' }),
    delegateName,
    delegatePhone: phone,
    note: optionalText(300),
  })
  .refine(({ answer, delegateName: name }) => answer !== 'delegated' || name !== null, {
    path: ['delegateName'],
    message: 'Isi nama yang mewakili',
  })
  .refine(({ answer, note }) => answer !== 'excused' || note !== null, {
    path: ['note'],
    message: 'Tulis alasan izin, contoh Sakit',
  });
export type AnswerInput = z.output<typeof answerForm>;

/** Only what belongs to the answer is kept: a reason of whoever is excused, a delegate of whoever sends one. */
export const keptOf = ({ answer, note, ...delegate }: AnswerInput): AnswerInput => ({
  answer,
  delegateName: answer === 'delegated' ? delegate.delegateName : null,
  delegatePhone: answer === 'delegated' ? delegate.delegatePhone : null,
  note: answer === 'excused' ? note : null,
});
