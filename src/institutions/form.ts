import { z } from 'zod';
import {
  email,
  institutionName,
  optionalDate,
  optionalTerritoryNumber,
  optionalText,
  phone,
  version,
  idChoice,
  requiredText,
  pageNumber,
  optionalCode,
  optionalChoice,
} from '#src/http/fields.ts';
import { institutionOrders, institutionStatuses } from '#src/institutions/rules.ts';
import { signatoryField } from '#src/pdf/signatories.ts';
import { kecamatanChoice, kelurahanChoice } from '#src/reports/form.ts';

const typeCode = /^[A-Z][A-Z_]{1,39}$/;

/** What `/lembaga` and `/lembaga.xlsx` are asked for; every figure of `/laporan` links here with these names. */
export const institutionFilter = z.strictObject({
  cari: optionalText(100),
  jenis: optionalCode(typeCode, 'Pilih jenis dari daftar'),
  kecamatan: kecamatanChoice,
  kelurahan: kelurahanChoice,
  status: optionalChoice(institutionStatuses, 'Pilih status dari daftar'),
  bulan: optionalCode(/^20\d{2}-(0[1-9]|1[0-2])$/, 'Isi bulan seperti 2026-08'),
  urut: optionalChoice(institutionOrders, 'Pilih urutan dari judul kolom').transform(
    (order) => order ?? 'nama',
  ),
  halaman: pageNumber,
});
export type InstitutionFilter = z.output<typeof institutionFilter>;

export const listSignatories = ['lurah', 'lurah-camat', 'camat', 'tanpa'] as const;
export const institutionPdfQuery = institutionFilter.extend({
  ttd: signatoryField(listSignatories),
});
export type InstitutionPdfQuery = z.output<typeof institutionPdfQuery>;

export const newInstitutionQuery = z.strictObject({
  jenis: optionalCode(typeCode, 'Pilih jenis dari daftar'),
});

const profile = {
  address: optionalText(200),
  phone,
  email,
  foundedOn: optionalDate,
  foundingDecree: optionalText(120),
  registrationNumber: optionalText(60),
  scope: optionalText(500),
};

const named = {
  name: z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(institutionName.nullable()),
  rtNumber: optionalTerritoryNumber('RT'),
  rwNumber: optionalTerritoryNumber('RW'),
};

export const institutionForm = z.strictObject({
  ...named,
  ...profile,
  typeCode: z.string({ error: 'Pilih jenis lembaga' }).regex(typeCode, 'Pilih jenis lembaga'),
});
export const institutionEdit = z.strictObject({ ...named, ...profile, version });
export type InstitutionInput = z.output<typeof institutionForm>;
export type InstitutionEdit = z.output<typeof institutionEdit>;

export const seatForm = z.strictObject({
  positionTypeId: idChoice('Pilih jabatan dari daftar'),
  label: requiredText('Isi nama kursi, contoh Seksi Keamanan', 80),
});
export type SeatInput = z.output<typeof seatForm>;
