import * as format from '#src/format.ts';
import type { ReadRow } from '#src/imports/fields.ts';
import { capitalized, nearest } from '#src/imports/names.ts';
import type { Institution, InstitutionType, Roster } from '#src/imports/roster.ts';

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
  field: 'institution' | 'institutionType' | 'position';
  message: string;
  suggestion?: string;
};

export function placeOf(row: ReadRow, roster: Roster, fallback: number | null): Place | Refusal {
  const { institutionType, institution, position } = row.values;
  const chosen = roster.institutions.find(({ id }) => id === fallback);
  if (institution === '' && institutionType === '' && chosen) return known(chosen, roster);
  const type = typeOf(institutionType || institution || position, roster.types);
  if (!type) return unknownType(institutionType, roster.types, institution);
  const written = roster.institutions.find(
    ({ typeId, name }) => typeId === type.id && name === institution,
  );
  if (written) return known(written, roster);
  return type.territory === 'kelurahan'
    ? byName(institution, type, roster)
    : byNumbers(row, type, roster);
}

function known(institution: Institution, { types }: Roster): Place | Refusal {
  const type = types.find(({ id }) => id === institution.typeId);
  if (!type) return { field: 'institutionType', message: 'Jenis LKK tidak dikenal' };
  return { type, institution, fresh: null, name: institution.name };
}

/** "RT", "Rukun Tetangga", "Posyandu Mawar", "Ketua RT 01": the type whose name the text holds. */
function typeOf(text: string, types: InstitutionType[]): InstitutionType | undefined {
  const words = ` ${plain(text)} `;
  const exact = types.find((type) => namesOf(type).some((name) => words === ` ${name} `));
  return exact ?? types.find((type) => namesOf(type).some((name) => words.includes(` ${name} `)));
}
const namesOf = ({ code, name, shortName }: InstitutionType) =>
  [code.replaceAll('_', ' '), name, shortName].map(plain);

export const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/([a-z])(\d)/g, '$1 $2')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim();

function unknownType(text: string, types: InstitutionType[], institution: string): Refusal {
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

function byNumbers({ values }: ReadRow, type: InstitutionType, roster: Roster): Place | Refusal {
  const text = `${values.institution} ${values.institutionType} ${values.position}`;
  const inText = (name: 'rt' | 'rw') =>
    Number(new RegExp(`\\b${name}\\W*0*(\\d{1,3})\\b`, 'i').exec(text)?.[1] ?? 0) || null;
  const rwNumber = inText('rw') ?? values.facts.rwNumber;
  const rtNumber = type.territory === 'rt' ? (inText('rt') ?? values.facts.rtNumber) : null;
  if (rwNumber === null || (type.territory === 'rt' && rtNumber === null))
    return {
      field: 'institution',
      message: `Nomor ${type.territory === 'rt' ? 'RT dan RW' : 'RW'} belum terbaca. Isi Nama LKK, contoh ${type.territory === 'rt' ? 'RT 001/RW 003' : 'RW 003'}`,
    };
  const name = format.territory(rtNumber, rwNumber);
  const institution = roster.institutions.find(
    (one) =>
      one.typeId === type.id &&
      (one.name === name || (one.rtNumber === rtNumber && one.rwNumber === rwNumber)),
  );
  if (institution) return { type, institution, fresh: null, name: institution.name };
  return { type, institution: null, fresh: { typeId: type.id, name, rtNumber, rwNumber }, name };
}

function byName(text: string, type: InstitutionType, roster: Roster): Place | Refusal {
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
    return { field: 'institution', message: `Isi Nama LKK, contoh ${type.shortName} Sinar Mulia` };
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

/** Without the type's own name: "Pokmas Sinar Mulia" and "Sinar Mulia" are one. */
const bareName = (name: string, type: InstitutionType) =>
  namesOf(type).reduce((rest, word) => rest.replace(new RegExp(`^${word}\\s*`), ''), plain(name));

const comparedNames = new WeakMap<Institution, { full: string; bare: string }>();

/** A file of 10,000 rows asks for the same names 10,000 times. */
function namesIn(institution: Institution, type: InstitutionType) {
  const known = comparedNames.get(institution);
  if (known) return known;
  const names = { full: plain(institution.name), bare: bareName(institution.name, type) };
  comparedNames.set(institution, names);
  return names;
}

/** POKMAS SINAR MULIA is Pokmas Sinar Mulia, and LPM stays LPM. */
const nameInWords = (text: string, { shortName }: InstitutionType) =>
  capitalized(text).replace(new RegExp(`^${shortName}\\b`, 'i'), shortName);

export const isRefusal = (answer: object): answer is Refusal => 'message' in answer;
