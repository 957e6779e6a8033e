import { z } from 'zod';
import { date, optionalText, requiredText } from '#src/http/fields.ts';

/** One letter with the list of invitees, or a letter for each with the private link. */
export const letterKinds = ['lampiran', 'perorangan'] as const;
export const letterKindLabels: Record<(typeof letterKinds)[number], string> = {
  lampiran: 'Satu surat dengan lampiran daftar undangan',
  perorangan: 'Satu surat untuk tiap orang, dengan kode dan QR',
};

/** Whose letters are printed; paper is for those whom a phone does not reach. */
export const letterAudiences = ['semua', 'tanpa-hp', 'belum'] as const;
export const letterAudienceLabels: Record<(typeof letterAudiences)[number], string> = {
  semua: 'Semua yang diundang',
  'tanpa-hp': 'Yang tanpa nomor HP',
  belum: 'Yang belum dikirimi undangan',
};

export const letterQuery = z.strictObject({
  bentuk: z.enum(letterKinds, { error: 'Pilih bentuk surat' }),
  untuk: z
    .enum(letterAudiences, { error: 'Pilih penerima dari daftar' })
    .optional()
    .transform((audience) => audience ?? 'semua'),
  nomor: optionalText(80),
  sifat: requiredText('Isi sifat surat, contoh Biasa', 40),
  hal: requiredText('Isi hal surat, contoh Undangan', 120),
  tanggal: date('Isi tanggal surat'),
  jabatan: requiredText('Isi jabatan penanda tangan, contoh Lurah Kebonsari Wetan', 120),
  nama: optionalText(120),
  pangkat: optionalText(80),
  nip: optionalText(30).refine((nip) => nip === null || /^\d[\d ]{7,29}$/.test(nip), {
    message: 'Isi NIP dengan angka, contoh 19750817 200003 1 001',
  }),
});
export type LetterQuery = z.output<typeof letterQuery>;
