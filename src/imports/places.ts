import * as format from '#src/format.ts';
import type { ReadRow } from '#src/imports/fields.ts';
import { nearest } from '#src/imports/names.ts';
import type { Institution, InstitutionType, Roster } from '#src/imports/roster.ts';
import { bareName, nameInWords, plain, typeOf } from '#src/imports/type-names.ts';

/** Which institution and position a row names; a new institution is one that the file brings. */
export type NewInstitution = {
  typeId: number;
  name: string;
  rtNumber: number | null;
  rwNumber: number | null;
};
export type Place = {
  type: InstitutionType;
  institution: Institution | null;
  fresh: NewInstitution | null;
  name: string;
};
export type Refusal = {
  field: 'institution' | 'institutionType' | 'position' | 'rt' | 'rw';
  message: string;
  suggestion?: string;
};

/** What tells the place of rows that do not tell it themselves. */
export type Fallback = {
  /** The institution or the type that was chosen for the whole file. */
  institutionId: number | null;
  typeId: number | null;
  /** The type that the name or the title of the row's sheet tells. */
  sheetTypeId: number | null;
  /** Only without a column of institutions are the columns RT and RW the institution's, not the officer's home. */
  hasInstitutions: boolean;
};

export function placeOf(row: ReadRow, roster: Roster, fallback: Fallback): Place | Refusal {
  const { institutionType, institution } = row.values;
  const chosen = roster.institutions.find(({ id }) => id === fallback.institutionId);
  if (institution === '' && institutionType === '' && chosen) return known(chosen, roster);
  const type = typeOfRow(row, roster, fallback);
  if (!type) return unknownType(row, roster, fallback);
  const written = roster.institutions.find(
    ({ typeId, name }) => typeId === type.id && name === institution,
  );
  if (written) return known(written, roster);
  return type.territory === 'kelurahan'
    ? byName(institution, type, { roster, fallback })
    : byNumbers(row, type, { roster, fallback });
}

/** The row's own columns, then the choice for the file, the position, and the sheet. */
function typeOfRow({ values }: ReadRow, { types }: Roster, { typeId, sheetTypeId }: Fallback) {
  const { institutionType, institution, position } = values;
  if (institutionType !== '') return typeOf(institutionType, types);
  return (
    typeOf(institution, types) ??
    types.find(({ id }) => id === typeId) ??
    typeOf(position, types) ??
    types.find(({ id }) => id === sheetTypeId)
  );
}

function known(institution: Institution, { types }: Roster): Place | Refusal {
  const type = types.find(({ id }) => id === institution.typeId);
  if (!type) return { field: 'institutionType', message: 'Jenis LKK tidak dikenal' };
  return { type, institution, fresh: null, name: institution.name };
}

function unknownType(
  { values: { institutionType: text, institution } }: ReadRow,
  { types }: Roster,
  { hasInstitutions }: Fallback,
): Refusal {
  if (text === '' && institution === '' && !hasInstitutions)
    return {
      field: 'institution',
      message:
        'Jenis LKK baris ini tidak diketahui. Pilih “Ubah isi kolom”, lalu pilih Jenis LKK untuk seluruh berkas',
    };
  if (text === '' && institution === '')
    return {
      field: 'institution',
      message: 'Isi Jenis LKK dan Nama LKK, contoh RT dan RT 001/RW 003',
    };
  if (text === '')
    return {
      field: 'institutionType',
      message: `Jenis LKK dari “${institution}” tidak diketahui. Isi kolom Jenis LKK, contoh Pokmas`,
    };
  const near = nearest(
    text,
    types.map(({ shortName }) => shortName),
  );
  return {
    field: 'institutionType',
    message: `Jenis LKK “${text}” tidak dikenal. ${near ? `Maksud Anda “${near}”?` : `Pilih ${types.map(({ shortName }) => shortName).join(', ')}`}`,
    ...(near ? { suggestion: near } : {}),
  };
}

type Known = { roster: Roster; fallback: Fallback };

function byNumbers(
  { values }: ReadRow,
  type: InstitutionType,
  { roster, fallback: { hasInstitutions } }: Known,
): Place | Refusal {
  const text = `${values.institution} ${values.institutionType} ${values.position}`;
  const inText = (name: 'rt' | 'rw') =>
    Number(new RegExp(`\\b${name}\\W*0*(\\d{1,3})\\b`, 'i').exec(text)?.[1] ?? 0) || null;
  const own = hasInstitutions ? { rtNumber: null, rwNumber: null } : values.facts;
  const rwNumber = inText('rw') ?? own.rwNumber;
  const rtNumber = type.territory === 'rt' ? (inText('rt') ?? own.rtNumber) : null;
  if (rwNumber === null || (type.territory === 'rt' && rtNumber === null)) {
    const [numbers, example] =
      type.territory === 'rt' ? ['RT dan RW', 'RT 001/RW 003'] : ['RW', 'RW 003'];
    return hasInstitutions
      ? {
          field: 'institution',
          message: `Nomor ${numbers} belum terbaca. Isi Nama LKK, contoh ${example}`,
        }
      : {
          field: values.facts.rwNumber === null ? 'rw' : 'rt',
          message: `Nomor ${numbers} lembaga belum terbaca. Isi kolom ${numbers}`,
        };
  }
  const name = format.territory(rtNumber, rwNumber);
  const institution = roster.institutions.find(
    (one) =>
      one.typeId === type.id &&
      (one.name === name || (one.rtNumber === rtNumber && one.rwNumber === rwNumber)),
  );
  if (institution) return { type, institution, fresh: null, name: institution.name };
  return { type, institution: null, fresh: { typeId: type.id, name, rtNumber, rwNumber }, name };
}

function byName(
  text: string,
  type: InstitutionType,
  { roster, fallback: { hasInstitutions } }: Known,
): Place | Refusal {
  const ofType = roster.institutions.filter(({ typeId }) => typeId === type.id);
  const bare = (name: string) => bareName(name, type);
  const wanted = bare(text);
  const [only] = ofType;
  if (wanted === '' && ofType.length === 1 && only)
    return { type, institution: only, fresh: null, name: only.name };
  const full = plain(text);
  const found =
    ofType.find((one) => namesIn(one, type).full === full) ??
    ofType.find((one) => namesIn(one, type).bare === wanted);
  if (found) return { type, institution: found, fresh: null, name: found.name };
  if (text === '')
    return {
      field: 'institution',
      message: hasInstitutions
        ? `Isi Nama LKK, contoh ${type.shortName} Sinar Mulia`
        : `Berkas tidak memuat nama ${type.shortName}. Pilih “Ubah isi kolom”, lalu pilih kolom Nama LKK atau satu lembaga`,
    };
  const near = nearest(
    text,
    ofType.map(({ name }) => name),
  );
  if (near)
    return {
      field: 'institution',
      message: `Lembaga “${text}” belum terdaftar. Maksud Anda “${near}”?`,
      suggestion: near,
    };
  const name = text === text.toUpperCase() ? nameInWords(text, type) : text;
  return {
    type,
    institution: null,
    fresh: { typeId: type.id, name, rtNumber: null, rwNumber: null },
    name,
  };
}

const comparedNames = new WeakMap<Institution, { full: string; bare: string }>();

/** A file of 10,000 rows asks for the same names 10,000 times. */
function namesIn(institution: Institution, type: InstitutionType) {
  const known = comparedNames.get(institution);
  if (known) return known;
  const names = { full: plain(institution.name), bare: bareName(institution.name, type) };
  comparedNames.set(institution, names);
  return names;
}

export const isRefusal = (answer: object): answer is Refusal => 'message' in answer;
