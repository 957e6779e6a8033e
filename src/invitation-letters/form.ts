import { z } from 'zod';
import { date, optionalText, requiredText } from '#src/http/fields.ts';

/** One letter with the list of invitees, or a letter for each with the private link. */
export const letterKinds = ['lampiran', 'perorangan'] as const;
export const letterKindLabels: Record<(typeof letterKinds)[number], string> = {
  lampiran: 'Satu surat dengan lampiran daftar undangan',
  perorangan: 'Satu surat untuk tiap orang, dengan kode dan QR',
};

const signingChoices = ['sertifikat', 'kepala', 'kosong'] as const;
export type SigningChoice = (typeof signingChoices)[number];

export const letterQuery = z.strictObject({
  bentuk: z.enum(letterKinds, { error: 'Pilih bentuk surat' }),
  nomor: optionalText(80),
  sifat: requiredText('Isi sifat surat, contoh Biasa', 40),
  // Room for "Undangan" and the longest title.
  hal: requiredText('Isi hal surat, contoh Undangan', 180),
  tanggal: date('Isi tanggal surat'),
  ttd: z.enum(signingChoices, { error: 'Pilih penanda tangan dari daftar' }),
});
export type LetterQuery = z.output<typeof letterQuery>;
