import { phone } from '#src/http/fields.ts';
import { isBlank, type Cells } from '#src/imports/cells.ts';

export function phoneOf(row: Cells): string | null {
  const [first = '', ...others] = row.text('phone').split(/\s*(?:[/;,]| dan )\s*/);
  if (isBlank(first) || first === '0') return null;
  if (/E\+?\d+$/i.test(first)) {
    row.error(
      'phone',
      'Nomor HP terbaca sebagai angka Excel. Ubah kolom menjadi Teks lalu isi ulang',
    );
    return null;
  }
  const parsed = phone.safeParse(/^8\d{8,11}$/.test(first) ? `0${first}` : first);
  if (parsed.success) {
    if (others.some((other) => /\d/.test(other)))
      row.note('phone', `Hanya nomor HP pertama yang dicatat, ${first}`);
    return parsed.data;
  }
  row.error('phone', 'Isi nomor HP dengan 10–13 angka, contoh 0812-3456-7890');
  return null;
}
