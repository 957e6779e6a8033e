import type { Office } from './kanigaran.ts';
import type { PlannedInstitution } from './plan-types.ts';
import type { Random } from './random.ts';
import { seatsOf, type TypeCode } from './seats.ts';

/** The institutions of a kelurahan with their profile and seats, still without boards. */
export function institutionsOf(office: Office, random: Random): PlannedInstitution[] {
  const rws = office.rtOfRw.map((rtCount, index) => rwOf({ office, random }, index + 1, rtCount));
  const rts = rws.flatMap((rw, index) =>
    Array.from({ length: office.rtOfRw[index] ?? 0 }, (_, rt) =>
      rtOf({ office, random }, rw, rt + 1),
    ),
  );
  return [
    ...rws,
    ...rts,
    ...oneOfAKind({ office, random }),
    ...posyanduOf({ office, random }),
    ...pokmasOf({ office, random }),
  ];
}

type Place = { office: Office; random: Random };

const threeDigits = (value: number) => String(value).padStart(3, '0');

function rwOf({ office, random }: Place, rwNumber: number, rtCount: number): PlannedInstitution {
  const name = `RW ${threeDigits(rwNumber)}`;
  return institution({ office, random }, 'RW', rwNumber, {
    name,
    rwNumber,
    address: random.chance(0.85) ? `Balai ${name}, ${random.pick(office.streets)}` : null,
    scope: `${rtCount} RT`,
  });
}

function rtOf(
  { office, random }: Place,
  rw: PlannedInstitution,
  rtNumber: number,
): PlannedInstitution {
  const rwNumber = rw.rwNumber ?? 0;
  return institution({ office, random }, 'RT', rtNumber + rwNumber, {
    name: `RT ${threeDigits(rtNumber)}/RW ${threeDigits(rwNumber)}`,
    rtNumber,
    rwNumber,
    parent: rw,
    address: random.chance(0.72)
      ? `${random.pick(office.streets)} No. ${random.between(1, 148)}, RT ${threeDigits(rtNumber)}/RW ${threeDigits(rwNumber)}`
      : null,
    scope: random.chance(0.8) ? `${random.between(34, 78)} kepala keluarga` : null,
  });
}

function oneOfAKind({ office, random }: Place): PlannedInstitution[] {
  const address = `Kantor Kelurahan ${office.name}, ${office.address}`;
  const make = (type: TypeCode, name: string, scope: string) =>
    institution({ office, random }, type, 0, { name, scope, address, foundingDecree: null });
  return [
    make('LPM', `LPM ${office.name}`, 'Perencanaan pembangunan dan swadaya warga se-kelurahan'),
    make(
      'PKK',
      `TP PKK ${office.name}`,
      'Sepuluh program pokok PKK, dasawisma, dan kelompok PKK RW',
    ),
    make(
      'KARANG_TARUNA',
      `Karang Taruna ${office.karangTaruna}`,
      'Pembinaan pemuda, olahraga, dan usaha ekonomi produktif',
    ),
  ];
}

function posyanduOf({ office, random }: Place): PlannedInstitution[] {
  return office.posyandu.map((name, index) => {
    const rwNumber = (index % office.rtOfRw.length) + 1;
    const number = `${office.code}-${threeDigits(index + 1)}`;
    return institution({ office, random }, 'POSYANDU', index, {
      name: `Posyandu ${name}`,
      address: random.chance(0.9)
        ? `${random.pick(office.streets)}, RW ${threeDigits(rwNumber)}`
        : null,
      registrationNumber: random.chance(0.85) ? `PYD-${number}` : null,
      scope: `Balita, ibu hamil, remaja, dan lanjut usia di RW ${threeDigits(rwNumber)}`,
    });
  });
}

function pokmasOf({ office, random }: Place): PlannedInstitution[] {
  return office.pokmas.map((name, index) =>
    institution({ office, random }, 'POKMAS', index, {
      name: `Pokmas ${name}`,
      address: random.chance(0.8)
        ? `${random.pick(office.streets)} No. ${random.between(1, 148)}`
        : null,
      scope: pokmasScopes[index % pokmasScopes.length] ?? null,
    }),
  );
}

const pokmasScopes = [
  'Pemberdayaan warga dan pelatihan LKK',
  'Perbaikan saluran air dan jalan lingkungan',
  'Pengelolaan sampah dan taman lingkungan',
];

function institution(
  { office, random }: Place,
  type: TypeCode,
  index: number,
  known: Partial<PlannedInstitution> & { name: string },
): PlannedInstitution {
  const founded = random.between(...foundedIn[type]);
  return {
    type,
    rtNumber: null,
    rwNumber: null,
    parent: null,
    address: null,
    phone: random.chance(0.55)
      ? `+62812000${String(random.between(0, 99_999)).padStart(5, '0')}`
      : null,
    foundedOn: random.chance(0.7)
      ? `${founded}-0${random.between(1, 9)}-${random.between(10, 28)}`
      : null,
    foundingDecree:
      founded > 1999 && random.chance(0.5)
        ? `188.45/${random.between(4, 90)}/425.50${office.code.at(-1) ?? ''}/${founded}`
        : null,
    registrationNumber: null,
    scope: null,
    status: 'active',
    rosterVersion: 1,
    seats: seatsOf(type, index),
    boards: [],
    ...known,
  };
}

const foundedIn: Record<TypeCode, [number, number]> = {
  RT: [1979, 2004],
  RW: [1979, 1998],
  LPM: [2001, 2006],
  PKK: [1983, 1990],
  KARANG_TARUNA: [1984, 2008],
  POSYANDU: [1986, 2016],
  POKMAS: [2012, 2022],
};
