import type { Role } from '#src/access.ts';

/** Province codes of Kepmendagri 300.2.2-2138/2025, and 54 (Timor Timur): a NIK keeps the code of its first registration. */
const provinceCodes = new Set(
  (
    '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 54 61 62 63 64 65 ' +
    '71 72 73 74 75 76 81 82 91 92 93 94 95 96'
  ).split(' '),
);

/** On a woman's NIK the day of birth is written with 40 added. */
const womanOffset = 40;

/** A NIK as people write it, with spaces, full stops or hyphens between its digits, as its bare digits. */
export const bareNik = (text: string) =>
  readsAsNumber(text) ? text : text.replaceAll(/[\s.-]/g, '');

/** Why this cannot be a NIK, as a sentence, or null (domain.md, section 6.1). */
export function nikProblem(nik: string): string | null {
  if (readsAsNumber(nik))
    return 'NIK terbaca sebagai angka Excel. Ubah kolom menjadi Teks lalu isi ulang ke-16 angkanya';
  if (!/^\d*$/.test(nik)) return 'Tulis NIK dengan 16 angka saja, tanpa huruf';
  if (nik.length !== 16) return `Isi NIK dengan 16 angka. Yang Anda isi ${nik.length} angka`;

  const { province, day, month, serial } = partsOf(nik);
  if (!provinceCodes.has(province))
    return `Periksa awal NIK: tidak ada provinsi dengan kode ${province}`;
  if (month < 1 || month > 12)
    return 'Periksa angka ke-9 dan ke-10 NIK: bulan lahir harus 01 sampai 12';
  if (!isDayOfBirth(day))
    return 'Periksa angka ke-7 dan ke-8 NIK: tanggal lahir harus 01–31, atau 41–71 untuk perempuan';
  if (serial === '0000') return 'Periksa empat angka terakhir NIK: nomor urut tidak mungkin 0000';
  return null;
}

/** What the NIK says differently from what is known of the person; each to be weighed, none in the way. */
export function nikWarnings(
  nik: string,
  known: {
    birthDate: string | null;
    sex: string | null;
    /** Codes of the kecamatan the person may be from, such as '35.74.04'; empty when none is expected. */
    kecamatanCodes: readonly string[];
  },
): string[] {
  const { day, month, year, kecamatan, isWoman } = partsOf(nik);
  const warnings: string[] = [];
  const written = `${pad(isWoman ? day - womanOffset : day)}-${pad(month)}-${year}`;
  if (known.birthDate !== null && written !== shortOf(known.birthDate))
    warnings.push('Tanggal lahir berbeda dari NIK');
  if (known.birthDate === null && !existsInEitherCentury(written))
    warnings.push('Tanggal lahir pada NIK tidak ada di kalender');
  if (known.sex !== null && (known.sex === 'female') !== isWoman)
    warnings.push(`Jenis kelamin berbeda dari NIK (${isWoman ? 'perempuan' : 'laki-laki'})`);
  // People keep the NIK of where they were first registered, so another region is common.
  const codes = known.kecamatanCodes.map((code) => code.replaceAll('.', ''));
  if (codes.length > 0 && !codes.includes(kecamatan))
    warnings.push('NIK pertama kali terdaftar di luar kecamatan ini');
  return warnings;
}

/** A spreadsheet that took the NIK for a number shows 3.57404E+15 and has lost its last digits. */
const readsAsNumber = (text: string) => /^\s*\d+([.,]\d+)?E\+?\d+\s*$/i.test(text);

function partsOf(nik: string) {
  const day = Number(nik.slice(6, 8));
  return {
    province: nik.slice(0, 2),
    kecamatan: nik.slice(0, 6),
    day,
    month: Number(nik.slice(8, 10)),
    year: nik.slice(10, 12),
    serial: nik.slice(12),
    isWoman: day > womanOffset,
  };
}

const isDayOfBirth = (day: number) =>
  (day >= 1 && day <= 31) || (day >= womanOffset + 1 && day <= womanOffset + 31);

/** '1990-08-17' as a NIK holds it: '17-08-90'. */
const shortOf = (date: string) => `${date.slice(8)}-${date.slice(5, 7)}-${date.slice(2, 4)}`;

function existsInEitherCentury(written: string): boolean {
  const [day, month, year] = written.split('-');
  return ['19', '20'].some((century) => {
    const date = `${century}${year}-${month}-${day}`;
    const moment = new Date(`${date}T00:00:00Z`);
    return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date);
  });
}

const pad = (value: number) => String(value).padStart(2, '0');

/** Birth, address and phone are for those who work with the person: their kelurahan and their own institution. */
export const seesPrivateFacts = (role: Role) =>
  role === 'lurah' || role === 'staff' || role === 'officer';

const officeKinds: Record<string, string> = {
  midterm: 'Antarwaktu',
  acting: 'Pelaksana',
  caretaker: 'Pejabat sementara',
};

/** How somebody holds an office other than by a full term, or null. */
export const officeKind = (kind: string) => officeKinds[kind] ?? null;

export const labelOf = (list: { code: number; label: string }[], code: number | null) =>
  list.find((item) => item.code === code)?.label ?? null;
