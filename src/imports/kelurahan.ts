import type { Problem, ReadRow } from '#src/imports/fields.ts';
import { capitalized } from '#src/imports/names.ts';

/** A workbook of a kecamatan has rows of many kelurahan; an import is for one. */
export function otherKelurahan({ values }: ReadRow, kelurahan: string): Problem | null {
  const name = bareName(values.kelurahan);
  if (compared(name) === '' || compared(name) === compared(bareName(kelurahan))) return null;
  const shown = name === name.toUpperCase() ? capitalized(name) : name;
  return {
    field: 'kelurahan',
    level: 'error',
    message: `Baris ini milik Kelurahan ${shown}; impor ini untuk Kelurahan ${kelurahan}. Hapus barisnya atau impor dari kelurahannya. Bila kolom ini berisi alamat orangnya, pilih “Tidak dipakai” untuk kolomnya`,
  };
}

/** "Kel. Kebonsari Wetan", "KELURAHAN KEBONSARI WETAN" and "Kebonsari Wetan" are one. */
const bareName = (text: string) => text.replace(/^(kelurahan|kel|desa)\b[\s.:]*/i, '').trim();

const compared = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\d]/gu, '');
