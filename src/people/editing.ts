import * as format from '#src/format.ts';
import { maskNik } from '#src/people/nik.ts';
import { bareNik, labelOf } from '#src/people/rules.ts';

/** Somebody else saved the person since the form was opened. */
export class PersonChanged extends Error {}

type Editable = {
  frontTitle: string | null;
  name: string;
  backTitle: string | null;
  sex: string;
  birthPlace: string | null;
  birthDate: string | null;
  address: string | null;
  rtNumber: number | null;
  rwNumber: number | null;
  phone: string | null;
  educationLevel: number | null;
  occupation: number | null;
  version: number;
};

/** What the edit form starts from; the NIK is never put into a form. */
export function formValues(person: Editable): Record<string, string | number | null> {
  const { frontTitle, name, backTitle, sex, birthPlace, birthDate, address, version } = person;
  const { rtNumber, rwNumber, educationLevel, occupation } = person;
  const phone = person.phone && format.phone(person.phone);
  return {
    frontTitle,
    name,
    backTitle,
    sex,
    birthPlace,
    birthDate,
    address,
    version,
    rtNumber,
    rwNumber,
    phone,
    educationLevel,
    occupation,
  };
}

type Choices = {
  person: Editable;
  nikMask: string | null;
  educationLevels: { code: number; label: string }[];
  occupations: { code: number; label: string }[];
};

/** What was typed otherwise than it is stored now. */
export function differences(
  { person, nikMask, educationLevels, occupations }: Choices,
  typed: Record<string, string>,
) {
  const { birthDateDay: day = '', birthDateMonth: month = '', birthDateYear: year = '' } = typed;
  const born = day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
  const nik = bareNik(typed.nik ?? '');
  const pairs: [string, string | null, string | null][] = [
    ['Gelar di depan', person.frontTitle, typed.frontTitle ?? null],
    ['Nama lengkap', person.name, typed.name ?? null],
    ['Gelar di belakang', person.backTitle, typed.backTitle ?? null],
    ['Jenis kelamin', sexName(person.sex), sexName(typed.sex ?? '')],
    ['NIK', nikMask, nik ? maskNik(nik) : nikMask],
    ['Tempat lahir', person.birthPlace, typed.birthPlace ?? null],
    ['Tanggal lahir', dateOf(person.birthDate), dateOf(born)],
    ['Alamat', person.address, typed.address ?? null],
    ['RT', numberOf(person.rtNumber), numberOf(typed.rtNumber)],
    ['RW', numberOf(person.rwNumber), numberOf(typed.rwNumber)],
    ['Nomor HP', person.phone && format.phone(person.phone), typed.phone ?? null],
    [
      'Pendidikan',
      labelOf(educationLevels, person.educationLevel),
      labelOf(educationLevels, Number(typed.educationLevel)),
    ],
    [
      'Pekerjaan',
      labelOf(occupations, person.occupation),
      labelOf(occupations, Number(typed.occupation)),
    ],
  ];
  return pairs
    .map(([label, before, after]) => ({ label, before: before || null, after: after || null }))
    .filter(({ before, after }) => before !== after);
}

/** Laki-laki or perempuan; nothing for an unknown code. */
const sexName = (sex: string) => ({ male: 'Laki-laki', female: 'Perempuan' })[sex] ?? null;

const dateOf = (date: string | null) => date && format.date(date);
const numberOf = (value: string | number | null | undefined) =>
  value ? String(Number(value)) : null;
