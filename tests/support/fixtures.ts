import { randomInt } from 'node:crypto';
import type { Role } from '#src/access.ts';
import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { indexNik, sealNik } from '#src/people/nik.ts';

/** Rows that tests start from. Each test makes its own kelurahan, so nothing is ever truncated. */

const asTests = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('tests'), work);

let last = 0;
/** A number that no other call of this file gets. */
export const unique = () => (last += 1);

export function makeKecamatan(name = `Kecamatan Uji ${unique()}`) {
  return asTests((tx) =>
    tx.kecamatan.create({
      data: { name, code: kecamatanCode(unique()) },
    }),
  );
}

export async function makeKelurahan(given: { kecamatanId?: number; name?: string } = {}) {
  const kecamatanId = given.kecamatanId ?? (await makeKecamatan()).id;
  const number = unique();
  return asTests((tx) =>
    tx.kelurahan.create({
      data: {
        kecamatanId,
        name: given.name ?? `Uji ${number}`,
        code: `99.${pad(randomInt(100), 2)}.${pad(randomInt(100), 2)}.${pad(1000 + number, 4)}`,
        headName: 'Hj. Sri Wahyuni, S.Sos.',
      },
    }),
  );
}

/** An institution of a type (its code, such as 'RT' or 'POKMAS') with one seat per position that has seats. */
export async function makeInstitution(given: {
  kelurahanId: number;
  typeCode?: string;
  name?: string;
  rwNumber?: number;
  parentId?: number;
}) {
  return asTests(async (tx) => {
    const type = await tx.institutionType.findUniqueOrThrow({
      where: { code: given.typeCode ?? 'POKMAS' },
      include: { positionTypes: { orderBy: { sortOrder: 'asc' } } },
    });
    const institution = await tx.institution.create({
      data: {
        kelurahanId: given.kelurahanId,
        institutionTypeId: type.id,
        name: given.name ?? `${type.shortName} Uji ${unique()}`,
        ...(given.rwNumber ? { rwNumber: given.rwNumber } : {}),
        ...(given.parentId ? { parentId: given.parentId } : {}),
      },
    });
    for (const position of type.positionTypes) {
      for (let number = 1; number <= position.seats; number += 1) {
        await tx.seat.create({
          data: {
            institutionId: institution.id,
            kelurahanId: given.kelurahanId,
            institutionTypeId: type.id,
            positionTypeId: position.id,
            number,
          },
        });
      }
    }
    return institution;
  });
}

/** The seat of a position (its code, such as 'chair') in an institution. */
export function seatOf(institutionId: number, positionCode = 'chair') {
  return asTests((tx) =>
    tx.seat.findFirstOrThrow({
      where: { institutionId, positionType: { code: positionCode } },
      orderBy: { number: 'asc' },
    }),
  );
}

export async function makePerson(
  given: {
    name?: string;
    nik?: string;
    sex?: 'male' | 'female';
    birthDate?: string;
    phone?: string;
  } = {},
) {
  return asTests(async (tx) => {
    const person = await tx.person.create({
      data: {
        name: given.name ?? `Warga ${unique()}`,
        sex: given.sex ?? 'female',
        birthDate: prismaDate(given.birthDate ?? '1980-05-17'),
        ...(given.phone ? { phone: given.phone } : {}),
      },
    });
    if (!given.nik) return person;
    return tx.person.update({
      where: { id: person.id },
      data: { nikSealed: sealNik(given.nik, person.id), nikIndex: indexNik(given.nik) },
    });
  });
}

/** A birth date that is not near another one of this file, so that nobody is taken for somebody else. */
export function freeBirthDate(): string {
  const number = unique();
  const [year, month, day] = [
    1940 + ((number * 7) % 60),
    1 + ((number * 5) % 12),
    1 + ((number * 11) % 28),
  ];
  return `${year}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** A NIK from the synthetic range (serial 9000–9999) that no other call of this file gets. */
export const syntheticNik = () =>
  `3574${pad(unique() % 100, 2)}570880${pad(9000 + (unique() % 1000), 4)}`;

export async function makeDecree(given: {
  kelurahanId: number;
  number?: string;
  decreedOn?: string;
}) {
  return asTests((tx) =>
    tx.decree.create({
      data: {
        kelurahanId: given.kelurahanId,
        number: given.number ?? `188.45/${unique()}/425.504/2025`,
        decreedOn: prismaDate(given.decreedOn ?? '2025-05-07'),
        about: 'Penetapan pengurus',
        signatoryName: 'Hj. Sri Wahyuni, S.Sos.',
      },
    }),
  );
}

/** Somebody in office: a board for the term when there is none yet, a decree and a tenure. */
export async function makeTenure(given: {
  institutionId: number;
  seatId: number;
  personId: number;
  startOn?: string;
  plannedEndOn?: string;
  kind?: 'definitive' | 'midterm' | 'acting' | 'caretaker';
}) {
  const seat = await asTests((tx) => tx.seat.findUniqueOrThrow({ where: { id: given.seatId } }));
  const startOn = given.startOn ?? '2025-05-07';
  const plannedEndOn = given.plannedEndOn ?? '2030-05-07';
  const found = await asTests((tx) =>
    tx.board.findFirst({
      where: {
        institutionId: given.institutionId,
        startsOn: { lte: prismaDate(startOn) },
        endsOn: { gte: prismaDate(plannedEndOn) },
      },
    }),
  );
  const decree = await makeDecree({ kelurahanId: seat.kelurahanId, decreedOn: startOn });
  return asTests(async (tx) => {
    const board =
      found ??
      (await tx.board.create({
        data: {
          institutionId: given.institutionId,
          kelurahanId: seat.kelurahanId,
          startsOn: prismaDate(startOn),
          endsOn: prismaDate(plannedEndOn),
          decreeId: decree.id,
        },
      }));
    return tx.tenure.create({
      data: {
        kelurahanId: seat.kelurahanId,
        institutionId: given.institutionId,
        institutionTypeId: seat.institutionTypeId,
        positionTypeId: seat.positionTypeId,
        seatId: seat.id,
        personId: given.personId,
        boardId: board.id,
        startOn: prismaDate(startOn),
        plannedEndOn: prismaDate(plannedEndOn),
        kind: given.kind ?? 'definitive',
        appointingDecreeId: decree.id,
      },
    });
  });
}

type Scope = {
  kecamatanId?: number;
  kelurahanId?: number;
  institutionId?: number;
  tenureId?: number;
};

/** An account without a password; `as(account)` gives it a session. */
export function makeAccount(role: Role, scope: Scope = {}, username = `${role}${unique()}`) {
  return asTests((tx) =>
    tx.account.create({ data: { username, displayName: `Akun ${username}`, role, ...scope } }),
  );
}

/** A chair who signs in for their institution. */
export async function makeOfficer(institution: { id: number; kelurahanId: number }) {
  const seat = await seatOf(institution.id);
  const person = await makePerson({ birthDate: freeBirthDate() });
  const tenure = await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
  });
  const account = await makeAccount('officer', {
    kelurahanId: institution.kelurahanId,
    institutionId: institution.id,
    tenureId: tenure.id,
  });
  return { account, person, tenure, seat };
}

const pad = (value: number, length: number) => String(value).padStart(length, '0');
const kecamatanCode = (number: number) =>
  `99.${pad(Math.floor(number / 100) % 100, 2)}.${pad(number % 100, 2)}`;
