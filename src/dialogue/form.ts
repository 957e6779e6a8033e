import { z } from 'zod';
import {
  optionalChoice,
  optionalId,
  optionalText,
  requiredText,
  version,
  pageNumber,
} from '#src/http/fields.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { kindSlugs, noteKinds } from '#src/dialogue/rules.ts';
import { pillars, type Pillar } from '#src/trainings/rules.ts';

const pillarNames = Object.keys(pillars) as [Pillar, ...Pillar[]];

export const dialogueQuery = z.strictObject({
  jenis: optionalChoice(kindSlugs, 'Pilih kendala, masukan, atau harapan'),
  pilar: optionalChoice(pillarNames, 'Pilih pilar dari daftar'),
  halaman: pageNumber,
});
export type DialogueQuery = z.output<typeof dialogueQuery>;

/** What the note before this one was about, when several are written in a row. */
export const newNoteQuery = z.strictObject({
  jenis: optionalChoice(kindSlugs, 'Pilih kendala, masukan, atau harapan'),
  sesi: optionalId('Pilih sesi dari daftar'),
});
export type NewNoteQuery = z.output<typeof newNoteQuery>;

export const noteForm = z.strictObject({
  version,
  kind: z.enum(noteKinds, { error: 'Pilih kendala, masukan, atau harapan' }),
  session: optionalId('Pilih sesi dari daftar'),
  search: optionalText(100),
  /** The button that looks for the asker; nothing is saved. */
  find: z.literal('on').optional(),
  invitee: optionalId('Pilih penanya dari daftar'),
  askerName: optionalText(160),
  institution: optionalId('Pilih lembaga dari daftar'),
  kelurahan: optionalId('Pilih kelurahan dari daftar'),
  text: requiredText('Tulis apa yang disampaikan', 2000).min(3, 'Tulis paling sedikit 3 huruf'),
  answer: optionalText(2000),
  answeredBy: optionalText(160),
  pillar: optionalChoice(pillarNames, 'Pilih pilar dari daftar'),
  /** The button that opens an empty form after this one. */
  next: z.literal('on').optional(),
});
export type NoteInput = z.output<typeof noteForm>;

/** Somebody has to have said it: an invitee from the list, or a name. */
export function withAskerCheck(form: Form<NoteInput>): Form<NoteInput> {
  const { invitee, askerName = '' } = form.values;
  return invitee || askerName.length >= 2
    ? form
    : withError(form, 'askerName', 'Pilih penanya dari daftar, atau tulis namanya');
}
