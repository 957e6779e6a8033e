import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from '#src/sessions/passwords.ts';
import { passwordProblem } from '#src/sessions/rules.ts';

const own = ['staf.sukoharjo', "Luqman Ma'ruf Efendi", 'Kota Probolinggo'];

test.each([
  'kuda-lumping-naik-becak',
  'empat kata acak hujan',
  'Ωmega ñandú über straße',
  'kopi🌶️hitam🌶️pahit🌶️sekali',
  'x'.repeat(3) + 'abcdefghijklmno pqr',
])('"%s" is taken', (password) => expect(passwordProblem(password, own)).toBeNull());

test.each([
  ['pendek', 'paling sedikit 15'],
  ['empatbelashurf', 'paling sedikit 15'],
  [`kuda lumping ${'a'.repeat(120)}`, 'paling panjang 128'],
  ['aaaaaaaaaaaaaaaa', 'mudah ditebak'],
  ['123456789012345678', 'mudah ditebak'],
  ['bersolek-elok-2025', 'dikenal banyak orang'],
  ['correct horse battery staple', 'dikenal banyak orang'],
  ['kotaprobolinggo2025', 'nama atau kata umum'],
  ['Kelurahan Sukoharjo 1', 'nama atau kata umum'],
  ["Luqman Ma'ruf Efendi", 'nama atau kata umum'],
  ['PasswordAdmin12345', 'nama atau kata umum'],
])('"%s" is refused because of %s', (password, words) => {
  expect(passwordProblem(password, own)).toContain(words);
});

test('the same letters in another Unicode form are the same password', async () => {
  const hash = await hashPassword('kopi pahit n\u0303andu\u0301 sekali');
  expect(await verifyPassword('kopi pahit \u00f1and\u00fa sekali', hash)).toBe(true);
});

test('hashes are argon2id with their own salt, and fit only their password', async () => {
  const [one, two] = await Promise.all([hashPassword('rahasia'), hashPassword('rahasia')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword('rahasia', one)).toBe(true);
  expect(await verifyPassword('rahasia ', one)).toBe(false);
  expect(await verifyPassword('rahasia', null)).toBe(false);
});

test('twenty hashes wait and the next ones are refused with 503', async () => {
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => hashPassword('rahasia')));
  const refused = all.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(18);
  for (const { reason } of refused) expect(reason).toMatchObject({ status: 503 });
});
