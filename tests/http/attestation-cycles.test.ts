import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { as } from '../support/app.ts';
import { makeAccount, makeInstitution, makeKelurahan } from '../support/fixtures.ts';
import { rowsOf } from '../support/superuser.ts';

const city = async () => as(await makeAccount('admin'));

const dates = (startsOn: string, dueOn: string) => {
  const parts = (name: string, day: string) => {
    const [year = '', month = '', date = ''] = day.split('-');
    return { [`${name}Day`]: date, [`${name}Month`]: month, [`${name}Year`]: year };
  };
  return { ...parts('startsOn', startsOn), ...parts('dueOn', dueOn) };
};
const idOf = async (name: string) => {
  const [row] = await rowsOf<{ id: number; version: number }>(
    'SELECT id, version FROM attestation_cycles WHERE name = $1',
    [name],
  );
  if (!row) throw new Error(`no cycle ${name}`);
  return row;
};

test('the city opens a cycle, sees it in the list and moves its last day', async () => {
  const browser = await city();
  expect((await browser.get('/pernyataan')).text).toContain('Belum ada masa pernyataan');
  const fields = { version: 1, name: 'Semester I 2031', ...dates('2031-01-01', '2031-02-28') };
  const answer = await browser.post('/pernyataan', fields);
  expect([answer.status, answer.headers.location]).toEqual([303, '/pernyataan']);
  const { text } = await browser.get('/pernyataan');
  expect(text).toContain('1 Januari 2031 sampai 28 Februari 2031');
  expect(text).toContain('Akan dibuka');
  const { id } = await idOf('Semester I 2031');
  const edit = (await browser.get(`/pernyataan/${id}`)).text;
  expect(edit).toContain('value="Semester I 2031"');
  const moved = await browser.post(`/pernyataan/${id}`, {
    ...fields,
    ...dates('2031-01-01', '2031-03-31'),
  });
  expect(moved.status).toBe(303);
  expect((await browser.get('/pernyataan')).text).toContain('sampai 31 Maret 2031');
});

test('an overlap names the other cycle, a third one in a year is refused, and what was typed stays', async () => {
  const browser = await city();
  const open = (name: string, startsOn: string, dueOn: string) =>
    browser.post('/pernyataan', { version: 1, name, ...dates(startsOn, dueOn) });
  expect((await open('Satu 2032', '2032-01-01', '2032-02-01')).status).toBe(303);
  const overlap = await open('Dua 2032', '2032-02-01', '2032-03-01');
  expect(overlap.status).toBe(422);
  expect(overlap.text).toContain(
    'Bertumpang tindih dengan Satu 2032, 1 Januari 2032 sampai 1 Februari 2032',
  );
  expect(overlap.text).toContain('value="Dua 2032"');
  expect((await open('Dua 2032', '2032-07-01', '2032-08-01')).status).toBe(303);
  const third = await open('Tiga 2032', '2032-10-01', '2032-11-01');
  expect(third.status).toBe(422);
  expect(third.text).toContain('sudah mempunyai dua masa pernyataan');
  const same = await open('Dua 2032', '2033-07-01', '2033-08-01');
  expect(same.text).toContain('Nama ini sudah dipakai');
  const reversed = await open('Terbalik', '2033-07-01', '2033-06-01');
  expect([reversed.status, reversed.text.includes('Hari terakhir harus sesudah')]).toEqual([
    422,
    true,
  ]);
  const empty = await browser.post('/pernyataan', { version: 1 });
  expect(empty.text).toContain('Isi nama masa pernyataan');
});

test('two who edit one cycle see what differs and choose', async () => {
  const [one, other] = [await city(), await city()];
  const fields = { version: 1, name: 'Semester I 2034', ...dates('2034-01-01', '2034-02-01') };
  await one.post('/pernyataan', fields);
  const { id } = await idOf('Semester I 2034');
  expect((await one.post(`/pernyataan/${id}`, { ...fields, name: 'Awal 2034' })).status).toBe(303);
  const late = await other.post(`/pernyataan/${id}`, {
    ...fields,
    ...dates('2034-01-01', '2034-02-20'),
  });
  expect(late.status).toBe(409);
  expect(late.text).toContain('Awal 2034');
  expect(late.text).toContain('20 Februari 2034');
  const version = /name="version" value="(\d+)"/.exec(late.text)?.[1] ?? '';
  const again = await other.post(`/pernyataan/${id}`, {
    ...fields,
    ...dates('2034-01-01', '2034-02-20'),
    version,
  });
  expect(again.status).toBe(303);
});

test('the first day stays once an institution has attested, the last day may move', async () => {
  const browser = await city();
  const fields = { version: 1, name: 'Semester I 2024', ...dates('2024-01-01', '2024-02-01') };
  await browser.post('/pernyataan', fields);
  const { id } = await idOf('Semester I 2024');
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  await asActor(systemActor('tests'), (tx) =>
    tx.attestation.create({
      data: {
        ...{ institutionId: institution.id, kelurahanId: kelurahan.id, cycleId: id },
        ...{ activities: 'none', attestedByName: 'A' },
      },
    }),
  );
  const moved = await browser.post(`/pernyataan/${id}`, {
    ...fields,
    ...dates('2024-01-05', '2024-02-01'),
  });
  expect(moved.status).toBe(422);
  expect(moved.text).toContain('hari pertamanya tetap');
  const longer = await browser.post(`/pernyataan/${id}`, {
    ...fields,
    ...dates('2024-01-01', '2024-02-15'),
  });
  expect(longer.status).toBe(303);
});
