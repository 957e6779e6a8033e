import { expect, test } from 'vitest';
import { as } from '../support/app.ts';
import { makeAccount, unique } from '../support/fixtures.ts';
import { rowsOf } from '../support/superuser.ts';
import { runScript } from '../support/script.ts';

const create = (...given: string[]) => runScript('src/commands/create-admin.ts', ...given);

test('the command makes an admin without a password and prints a link that sets one', async () => {
  const username = `admin.kota${unique()}`;
  const { stdout } = await create(username, "Siti Ma'rufah, S.Pd.");
  expect(stdout).toContain(`Admin ${username} (Siti Ma'rufah, S.Pd.) sudah dibuat.`);
  const path = /\/masuk\/tautan\/[\w-]{43}/.exec(stdout)?.[0] ?? '';

  const [row] = await rowsOf('SELECT role, password_hash FROM accounts WHERE username = $1', [
    username,
  ]);
  expect(row).toEqual({ role: 'admin', password_hash: null });
  const trail = await rowsOf(
    `SELECT FROM audit.events WHERE actor_id = 'system:create-admin' AND table_name = 'accounts'`,
  );
  expect(trail).toHaveLength(1);

  const stranger = await as();
  const password = 'kuda-lumping-naik-becak';
  expect((await stranger.post(path, { password })).status).toBe(303);
  expect((await stranger.post('/masuk', { username, password })).status).toBe(303);
});

test('a taken name, a bad name and missing words are one sentence each and exit 1', async () => {
  const { username } = await makeAccount('auditor');
  const cases: [string[], RegExp][] = [
    [[username, 'Kedua'], /^Nama pengguna .+ sudah dipakai\. .+\n$/],
    [['dengan spasi', 'Nama'], /^Tulis nama pengguna dengan huruf kecil .+\n$/],
    [['admin.baru', ''], /^Isi nama yang tampil\. .+\n$/],
    [['admin.baru'], /^Tulis: npm run create-admin -- .+\n$/],
    [[], /^Tulis: npm run create-admin -- .+\n$/],
    [['admin.baru', 'Nama', 'lebih'], /^Tulis: npm run create-admin -- .+\n$/],
  ];
  for (const [given, sentence] of cases)
    await expect(create(...given)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(sentence),
    });
});
