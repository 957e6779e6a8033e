import * as format from '#src/format.ts';
import { labelOf } from '#src/people/rules.ts';
import type { MergeInput } from '#src/duplicates/form.ts';

/** Why two records may be one person, as `people_near` and `people_like` call it. */
export const likenessReasons = {
  same_nik: 'NIK sama',
  same_date: 'Nama mirip dan tanggal lahir sama',
  exchanged_date: 'Nama mirip, tanggal dan bulan lahir tertukar',
  near_date: 'Nama mirip, tanggal lahir berbeda satu angka',
  unknown_date: 'Nama sama, tanggal lahir salah satunya belum diisi',
  elsewhere: 'Nama dan tanggal lahir mirip',
} as const;
export type LikenessReason = keyof typeof likenessReasons;

/** How long a merge can be undone; the database holds the same (obstacles_to_separation). */
export const daysToSeparate = 30;

type Merge = { mergedAt: Date; undoneAt: Date | null };
export const separableUntil = ({ mergedAt }: Pick<Merge, 'mergedAt'>) =>
  new Date(mergedAt.getTime() + daysToSeparate * 86_400_000);
export const isSeparable = (merge: Merge) =>
  merge.undoneAt === null && separableUntil(merge) > new Date();

/** What is compared of two people, and the columns that a choice takes over. */
export type Comparable = {
  frontTitle: string | null;
  name: string;
  backTitle: string | null;
  sex: string;
  nik: string | null;
  birthPlace: string | null;
  birthDate: string | null;
  address: string | null;
  rtNumber: number | null;
  rwNumber: number | null;
  kelurahanId: number | null;
  phone: string | null;
  educationLevel: number | null;
  occupation: number | null;
};
type Lists = {
  educationLevels: { code: number; label: string }[];
  occupations: { code: number; label: string }[];
};

export type ChoiceName = Exclude<keyof MergeInput, 'otherId' | 'version' | 'otherVersion'>;

const columns: Record<ChoiceName, string[]> = {
  fullName: ['front_title', 'name', 'back_title'],
  nik: ['nik'],
  sex: ['sex'],
  birthPlace: ['birth_place'],
  birthDate: ['birth_date'],
  home: ['address', 'rt_number', 'rw_number', 'kelurahan_id'],
  phone: ['phone'],
  educationLevel: ['education_level'],
  occupation: ['occupation'],
};

const labels: Record<ChoiceName, string> = {
  fullName: 'Nama lengkap',
  nik: 'NIK',
  sex: 'Jenis kelamin',
  birthPlace: 'Tempat lahir',
  birthDate: 'Tanggal lahir',
  home: 'Alamat',
  phone: 'Nomor HP',
  educationLevel: 'Pendidikan',
  occupation: 'Pekerjaan',
};
const names = Object.keys(columns).filter((name): name is ChoiceName => name in labels);

export type ComparisonRow = {
  name: ChoiceName;
  label: string;
  own: string | null;
  other: string | null;
  same: boolean;
  /** What is proposed; two NIK that differ are never decided by default. */
  chosen: 'own' | 'other' | null;
};

/** Both people side by side, as the page shows them. */
export function compare(own: Comparable, other: Comparable, lists: Lists): ComparisonRow[] {
  const [left, right] = [inWords(own, lists), inWords(other, lists)];
  return names.map((name) => {
    const same = name === 'nik' ? own.nik === other.nik : left[name] === right[name];
    const undecided = name === 'nik' && !same && own.nik !== null && other.nik !== null;
    return {
      name,
      label: labels[name],
      own: left[name],
      other: right[name],
      same,
      chosen: undecided ? null : left[name] === null ? 'other' : 'own',
    };
  });
}

/** The columns that the survivor takes from the other, or the choice that is still missing. */
export function columnsTaken(
  rows: ComparisonRow[],
  input: MergeInput,
): { taken: string[] } | { missing: ChoiceName } {
  const differing = rows.filter(({ same }) => !same);
  const missing = differing.find(({ name, chosen }) => (input[name] ?? chosen) === null);
  if (missing) return { missing: missing.name };
  const chosen = differing.filter((row) => (input[row.name] ?? row.chosen) === 'other');
  return { taken: chosen.flatMap(({ name }) => columns[name]) };
}

function inWords(
  person: Comparable,
  { educationLevels, occupations }: Lists,
): Record<ChoiceName, string | null> {
  const territory = format.territory(person.rtNumber, person.rwNumber);
  return {
    fullName: format.personName(person),
    nik: person.nik,
    sex: person.sex === 'female' ? 'Perempuan' : 'Laki-laki',
    birthPlace: person.birthPlace,
    birthDate: person.birthDate && format.date(person.birthDate),
    home: [person.address, territory].filter(Boolean).join(', ') || null,
    phone: person.phone && format.phone(person.phone),
    educationLevel: labelOf(educationLevels, person.educationLevel),
    occupation: labelOf(occupations, person.occupation),
  };
}

/** What is known of an office in public; `endOn` is the day after the last day. */
export type PublicOffice = {
  personId: number;
  tenureId: number;
  position: string;
  institution: string;
  kelurahan: string;
  startOn: string;
  endOn: string | null;
};

/** Ketua RT 003/RW 002, Kelurahan Kebonsari Wetan, 2025–2030 */
export const officeInWords = ({ position, institution, kelurahan, startOn, endOn }: PublicOffice) =>
  `${format.officeOf(position, institution)}, Kelurahan ${kelurahan}, ${format.term(startOn, endOn)}`;

export type MergeConflict = { rule: string; office: PublicOffice; otherOffice: PublicOffice };

const conflictRules: Record<string, string> = {
  one_seat: 'Satu orang memegang satu jabatan dalam satu lembaga',
  concurrent: 'Rangkap jabatan di lembaga lain dilarang',
  term_limit: 'Batas masa bakti dalam jabatan ini terlampaui',
};

/** Why one person could not have held both offices, naming both. */
export const conflictInWords = ({ rule, office, otherOffice }: MergeConflict) =>
  `${conflictRules[rule] ?? rule}: ${officeInWords(office)}, dan ${officeInWords(otherOffice)}`;

const obstacles: Record<string, (detail: string) => string> = {
  too_late: () => `Penggabungan hanya dapat dibatalkan dalam ${daysToSeparate} hari`,
  merged_again: () =>
    'Data hasil penggabungan sudah digabung lagi ke data lain; batalkan penggabungan itu lebih dulu',
  field: (column) =>
    `Isian ${columnLabel(column)} sudah diubah sejak digabung; kembalikan isian itu lebih dulu`,
  nik_given: () => 'NIK orang ini sudah tercatat untuk orang lain',
  new_term: (institution) =>
    `Ada masa jabatan baru di ${institution} sejak digabung, yang dihitung sesudah masa jabatan yang akan kembali`,
};

export const obstacleInWords = (obstacle: { obstacle: string; detail: string | null }) =>
  obstacles[obstacle.obstacle]?.(obstacle.detail ?? '') ?? obstacle.obstacle;

const columnLabel = (column: string) => {
  const name = names.find((choice) => columns[choice].includes(column));
  return name ? labels[name] : column;
};
