import { makeName, type Name, type Sex } from './names.ts';
import type { Random } from './random.ts';

/** Where somebody lives; the kelurahan is that of the whole plan. */
export type Home = { street: string; rtNumber: number; rwNumber: number };

export type DemoPerson = {
  frontTitle: string | null;
  name: string;
  backTitle: string | null;
  sex: Sex;
  birthPlace: string | null;
  birthDate: string | null;
  address: string | null;
  rtNumber: number | null;
  rwNumber: number | null;
  phone: string | null;
  educationLevel: number | null;
  occupation: number | null;
  nik: string | null;
};

/** Whom an office wants: mostly women, young people, or anybody grown up. */
export type Wish = { women: number; born: readonly [from: number, until: number]; home: Home };

export type PeopleMaker = (wish: Wish) => DemoPerson;

/**
 * Invented people, the same on every machine; no two in the city share a name, a NIK or a telephone. Numbers come from
 * ranges that nobody holds: NIK serials 9000 to 9999, telephones 0812-000x-xxxx. Here and there something is missing;
 * `gaps` says how much more often than usual.
 */
export function peopleMaker(random: Random, taken: Set<string>, gaps = 1): PeopleMaker {
  return (wish) => {
    const sex: Sex = random.chance(wish.women) ? 'female' : 'male';
    const year = random.between(...wish.born);
    const birthDate = dateIn(random, year);
    const name = freeName(random, taken, sex, year < 1985 ? 'old' : 'young');
    const educationLevel = random.weighted(year < 1970 ? education.old : education.young);
    const occupation = occupationOf(random, sex, year, educationLevel);
    const titles = titlesOf(random, { sex, year, educationLevel, occupation, name });
    const nik = nikOf(random, taken, sex, birthDate);
    const known = <Value>(probability: number, value: Value) =>
      random.chance(1 - (1 - probability) * gaps) ? value : null;
    return {
      ...titles,
      name: name.text,
      sex,
      birthPlace: known(0.95, random.weighted(birthPlaces)),
      birthDate: known(0.96, birthDate),
      address: known(0.94, `${wish.home.street} No. ${random.between(1, 148)}`),
      rtNumber: wish.home.rtNumber,
      rwNumber: wish.home.rwNumber,
      phone: known(0.86, phoneOf(random, taken)),
      educationLevel: known(0.92, educationLevel),
      occupation: known(0.9, occupation),
      nik: known(0.91, nik),
    };
  };
}

function freeName(random: Random, taken: Set<string>, sex: Sex, age: 'young' | 'old'): Name {
  for (;;) {
    const name = makeName(random, sex, age);
    if (take(taken, `name ${name.text}`)) return name;
  }
}

function nikOf(random: Random, taken: Set<string>, sex: Sex, birthDate: string): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const dayOfSex = sex === 'female' ? Number(day) + 40 : Number(day);
  for (;;) {
    const kecamatan = random.weighted(firstRegisteredIn);
    const nik = `3574${kecamatan}${pad(dayOfSex, 2)}${month}${year.slice(2)}${random.between(9000, 9999)}`;
    if (take(taken, nik)) return nik;
  }
}

function phoneOf(random: Random, taken: Set<string>): string {
  for (;;) {
    const phone = `+62812000${pad(random.between(0, 99_999), 5)}`;
    if (take(taken, phone)) return phone;
  }
}

function take(taken: Set<string>, value: string): boolean {
  if (taken.has(value)) return false;
  taken.add(value);
  return true;
}

const dateIn = (random: Random, year: number) =>
  `${year}-${pad(random.between(1, 12), 2)}-${pad(random.between(1, 28), 2)}`;

const pad = (value: number, length: number) => String(value).padStart(length, '0');

/** Kanigaran is a young kecamatan: many of its residents were registered in its older neighbours. */
const firstRegisteredIn = [
  ['04', 60],
  ['03', 20],
  ['01', 10],
  ['02', 10],
] as const;

const birthPlaces = [
  ['Probolinggo', 74],
  ['Pasuruan', 5],
  ['Lumajang', 5],
  ['Situbondo', 3],
  ['Malang', 3],
  ['Surabaya', 3],
  ['Jember', 2],
  ['Bangkalan', 1],
  ['Sampang', 1],
  ['Pamekasan', 1],
  ['Banyuwangi', 1],
  ['Kediri', 1],
] as const;

/** Codes of prisma/reference/education-levels.json. */
const education = {
  old: [
    [3, 18],
    [4, 22],
    [5, 42],
    [7, 4],
    [8, 12],
    [9, 2],
  ],
  young: [
    [3, 4],
    [4, 15],
    [5, 55],
    [7, 7],
    [8, 17],
    [9, 2],
  ],
} as const;

/** Codes of prisma/reference/occupations.json. */
const occupations = {
  female: [
    [2, 52],
    [88, 10],
    [84, 10],
    [15, 12],
    [8, 5],
    [30, 4],
    [46, 3],
    [34, 2],
    [18, 2],
  ],
  male: [
    [15, 24],
    [88, 22],
    [84, 12],
    [19, 10],
    [81, 6],
    [26, 4],
    [27, 3],
    [35, 4],
    [11, 3],
    [9, 3],
    [16, 2],
    [18, 3],
    [12, 4],
  ],
} as const;

function occupationOf(random: Random, sex: Sex, year: number, level: number): number {
  if (year > 2001 && random.chance(0.5)) return 3;
  if (year < 1966 && level >= 5 && random.chance(0.5)) return 4;
  if (level === 7 && sex === 'female') return random.pick([73, 74, 15]);
  if (level >= 8) return random.weighted(graduateOccupations);
  return random.weighted(occupations[sex]);
}

const graduateOccupations = [
  [65, 34],
  [15, 20],
  [88, 18],
  [5, 10],
  [18, 8],
  [16, 5],
  [64, 3],
  [7, 1],
] as const;

type Graduate = {
  sex: Sex;
  year: number;
  educationLevel: number;
  occupation: number;
  name: Name;
};

function titlesOf(random: Random, person: Graduate) {
  const { sex, year, educationLevel, name } = person;
  const hajj = sex === 'male' ? 'H.' : 'Hj.';
  const front = year < 1978 && name.mayBeHaji && random.chance(0.16) ? [hajj] : [];
  const back: string[] = [];
  if (educationLevel >= 8 && year < 1968 && random.chance(0.5))
    front.unshift(random.chance(0.15) ? 'Ir.' : sex === 'male' ? 'Drs.' : 'Dra.');
  else if (educationLevel >= 7 && random.chance(0.85)) back.push(degreeOf(random, person));
  if (educationLevel === 9) back.push(random.pick(['M.Pd.', 'M.Si.', 'M.M.', 'M.H.', 'M.AP.']));
  return { frontTitle: front.join(' ') || null, backTitle: back.join(', ') || null };
}

function degreeOf(random: Random, { educationLevel, occupation }: Graduate): string {
  if (occupation === 73) return 'A.Md.Keb.';
  if (occupation === 74) return 'A.Md.Kep.';
  if (educationLevel === 7) return 'A.Md.';
  if (occupation === 65) return random.pick(['S.Pd.', 'S.Pd.', 'S.Pd.I.', 'S.Ag.']);
  return random.pick(['S.E.', 'S.Sos.', 'S.H.', 'S.Kom.', 'S.T.', 'S.AP.', 'S.P.', 'S.I.Kom.']);
}
