import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { addDays, prismaDate, today } from '#src/format.ts';
import { workDone } from '#src/imports/work.ts';
import { indexNik, sealNik } from '#src/people/nik.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  syntheticNik,
  unique,
} from '../support/fixtures.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

/** What is exported can be imported again unchanged: on the real file, through the door, for rosters of every shape. */

const word = fc.constantFrom(
  'Budi',
  'SANTOSO',
  'Ma’ruf',
  "Nur'aini",
  'Al-Amin',
  'siti',
  'Ayu',
  'Eko',
  'R.',
  'Hj',
  'de',
);
const title = fc.option(
  fc.constantFrom('H.', 'Hj.', 'Drs. H.', 'Kapten', 'dr', 'Prof. Dr. Ir.', 'KH'),
);
const backTitle = fc.option(
  fc.constantFrom('S.Pd.', 'S.Pd., M.Si.', 'SH', 'A.Md.Keb.', 'Purn.', 'M.Pd'),
);
/** What a form takes and a spreadsheet is known to spoil. */
const address = fc.option(
  fc.constantFrom(
    'Jalan Mawar 7',
    "'Jalan berpetik",
    '=1+1',
    '@SUM(A1)',
    '+62 Jalan',
    '-',
    'Gang  dua   spasi',
    '<b>&amp;</b> "tanda"',
    '_x0041_ Blok',
    'Nomor pelanggan 123456789012345',
    '007',
    '3.57404E+15',
    '7-8-2025',
    'Perum 😀',
    'x'.repeat(200),
  ),
);
const number = fc.option(fc.integer({ min: 1, max: 999 }));
const person = fc.record({
  frontTitle: title,
  name: fc
    .tuple(
      fc.constantFrom('Ahmad', 'WAHYUNI', 'sri', 'Li', 'Ali', 'Ani'),
      fc.array(word, { maxLength: 3 }),
    )
    .map(([first, rest]) => [first, ...rest].join(' ')),
  backTitle,
  sex: fc.constantFrom('male' as const, 'female' as const),
  birthPlace: fc.option(
    fc.constantFrom('Probolinggo', 'KOTA MALANG', '-', '=A1', 'Lumajang,  Jatim'),
  ),
  birthDate: fc.option(fc.constantFrom('1979-02-28', '1988-02-29', '1999-12-31', '1930-01-01')),
  address,
  rtNumber: number,
  rwNumber: number,
  phone: fc.option(
    fc.constantFrom(
      '+6281234567890',
      '+628111222333',
      '+62335421234',
      '+62215551234',
      '+6285712345678',
    ),
  ),
  education: fc.option(fc.nat()),
  occupation: fc.option(fc.nat()),
  hasNik: fc.boolean(),
});
const office = fc.record({
  person,
  isVacant: fc.boolean(),
  kind: fc.constantFrom('definitive' as const, 'midterm' as const),
  actor: fc.option(person),
  decree: fc.option(
    fc.constantFrom('188.45/7/425.504/2025', 'SK  dua spasi', "'1", '001', '1234567890123'),
  ),
  startedAgo: fc.integer({ min: 1, max: 800 }),
  lasts: fc.option(fc.integer({ min: 10, max: 900 })),
});
const roster = fc.record({
  type: fc.constantFrom('POKMAS', 'RT', 'RW', 'LPM', 'POSYANDU', 'KARANG_TARUNA'),
  label: fc.option(
    fc.constantFrom('Seksi Keamanan', 'SEKSI  HUMAS', 'Pelaksana Harian', 'Koordinator 2'),
  ),
  offices: fc.array(office, { minLength: 1, maxLength: 6 }),
});
type Roster = typeof roster extends fc.Arbitrary<infer Value> ? Value : never;
type Person = Roster['offices'][number]['person'];

async function scene() {
  const kelurahan = await makeKelurahan();
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  return { kelurahanId: kelurahan.id, browser: await as(staff) };
}
type Scene = Awaited<ReturnType<typeof scene>>;

async function seat({ kelurahanId }: Scene, { type, label, offices }: Roster): Promise<number> {
  const numbers = { rtNumber: 1 + (unique() % 900), rwNumber: 1 + (unique() % 900) };
  const name =
    type === 'RT'
      ? `RT ${pad(numbers.rtNumber)}/RW ${pad(numbers.rwNumber)}`
      : type === 'RW'
        ? `RW ${pad(numbers.rwNumber)}`
        : `${type === 'POKMAS' ? 'Pokmas' : ''} Sinar  “Mulia” ${unique()}`.trim();
  const institution = await makeInstitution({ kelurahanId, typeCode: type, name });
  await asActor(systemActor('tests'), async (tx) => {
    const [education, occupations] = [
      await tx.educationLevel.findMany({ select: { code: true } }),
      await tx.occupation.findMany({ select: { code: true } }),
    ];
    const seats = await tx.seat.findMany({
      where: { institutionId: institution.id },
      orderBy: [{ positionType: { sortOrder: 'asc' } }, { number: 'asc' }],
    });
    const last = seats.at(-1);
    if (label !== null && last && seats.length > 1)
      await tx.seat.update({ where: { id: last.id }, data: { label } });
    const insert = async ({
      education: level,
      occupation,
      hasNik,
      birthDate,
      ...facts
    }: Person) => {
      const { id } = await tx.person.create({
        data: {
          ...facts,
          birthDate: birthDate === null ? null : prismaDate(birthDate),
          educationLevel:
            level === null ? null : (education[level % education.length]?.code ?? null),
          occupation:
            occupation === null
              ? null
              : (occupations[occupation % occupations.length]?.code ?? null),
        },
      });
      const nik = syntheticNik();
      if (hasNik)
        await tx.person.update({
          where: { id },
          data: { nikSealed: sealNik(nik, id), nikIndex: indexNik(nik) },
        });
      return id;
    };
    const place = { kelurahanId, institutionId: institution.id };
    const board = await tx.board.create({
      data: {
        ...place,
        startsOn: prismaDate(addDays(today(), -801)),
        endsOn: prismaDate(addDays(today(), 1000)),
      },
    });
    for (const [index, one] of offices.entries()) {
      const seat = seats[index];
      if (!seat || one.isVacant) continue;
      const { positionTypeId, institutionTypeId } = seat;
      const startOn = prismaDate(addDays(today(), -one.startedAgo));
      const decree =
        one.decree === null
          ? null
          : await tx.decree.create({
              data: {
                kelurahanId,
                number: `${one.decree}${unique()}`,
                decreedOn: startOn,
                about: 'Penetapan',
                signatoryName: 'Lurah',
              },
            });
      const common = {
        ...place,
        seatId: seat.id,
        positionTypeId,
        institutionTypeId,
        startOn,
        boardId: one.lasts === null ? null : board.id,
        appointingDecreeId: decree?.id ?? null,
      };
      await tx.tenure.create({
        data: {
          ...common,
          personId: await insert(one.person),
          kind: one.kind,
          plannedEndOn: one.lasts === null ? null : prismaDate(addDays(today(), one.lasts)),
        },
      });
      if (one.actor)
        await tx.tenure.create({
          data: {
            ...common,
            kind: index % 2 === 0 ? 'acting' : 'caretaker',
            personId: await insert(one.actor),
            plannedEndOn: prismaDate(addDays(today(), 30)),
          },
        });
    }
  });
  return institution.id;
}

async function exported({ browser }: Scene, url: string): Promise<Buffer> {
  const answer = await browser.get(url).buffer(true).parse(binary);
  expect(answer.status).toBe(200);
  return answer.body;
}

/** The uploaded file's rows; none is not "same", and applying is refused because there is nothing to apply. */
async function importedAgain({ browser }: Scene, bytes: Buffer) {
  const answer = await browser.upload('/impor', { name: 'pengurus.xlsx', bytes });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  const id = Number(String(answer.headers.location).split('/')[2]);
  const rows = await rowsOf<{ outcome: string; details: object; version: number }>(
    `SELECT r.outcome, r.details, b.version FROM import_rows r JOIN import_batches b ON b.id = r.batch_id WHERE batch_id = $1`,
    [id],
  );
  expect(rows.filter(({ outcome }) => outcome !== 'same')).toEqual([]);
  const applied = await browser.post(`/impor/${id}/penerapan`, { version: rows[0]?.version ?? 0 });
  expect(applied.status).toBe(409);
  await workDone();
  return rows.length;
}

const state = (kelurahanId: number) =>
  rowsOf(
    `SELECT to_jsonb(t) AS tenure, to_jsonb(p) AS person FROM tenures t JOIN people p ON p.id = t.person_id WHERE t.kelurahan_id = $1 ORDER BY t.id`,
    [kelurahanId],
  );

test('every roster that is exported is imported again as unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(roster, { minLength: 1, maxLength: 3 }), async (rosters) => {
      const place = await scene();
      const before: Buffer[] = [];
      for (const one of rosters)
        before.push(await exported(place, `/lembaga/${await seat(place, one)}/pengurus.xlsx`));
      const recorded = await state(place.kelurahanId);
      let officers = 0;
      for (const bytes of before.filter((file) => namesIn(file) > 0)) {
        officers += namesIn(bytes);
        expect(await importedAgain(place, bytes)).toBe(namesIn(bytes));
      }
      const list = await exported(place, '/pengurus.xlsx');
      if (officers > 0) expect(await importedAgain(place, list)).toBe(officers);
      expect(await state(place.kelurahanId)).toEqual(recorded);
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 240_000);

function namesIn(bytes: Buffer): number {
  const rows = readWorkbook(bytes);
  const head = rows.findIndex((row) => row[0] === 'No');
  return rows.slice(head + 1).filter((row) => row[1] !== null && row[1] !== undefined).length;
}

const pad = (value: number) => String(value).padStart(3, '0');
