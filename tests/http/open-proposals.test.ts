import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makeOfficer,
  seatOf,
} from '../support/fixtures.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

/** One seat has one open proposal at a time, whatever else it is about. */

async function makeScene() {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const { account } = await makeOfficer(institution);
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  const place = { institutionId: institution.id, kelurahanId: kelurahan.id };
  return {
    place,
    staffAccount: staff,
    staff: await as(staff),
    chair: await as(account),
    secretary: await seatOf(institution.id, 'secretary'),
    treasurer: await seatOf(institution.id, 'treasurer'),
  };
}
type Scene = Awaited<ReturnType<typeof makeScene>>;
type Browser = Scene['staff'];

const start = (browser: Browser, { place }: Scene, fields: Record<string, string | number>) =>
  browser.post('/usulan', { institutionId: place.institutionId, ...fields });
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const idIn = ({ headers }: Awaited<ReturnType<Browser['post']>>) =>
  Number(/usulan\/(\d+)/.exec(String(headers.location))?.[1]);

/** As if the pages of the draft were filled in. */
const complete = (id: number) =>
  inTransaction(async (client) => {
    await client.query(
      `UPDATE roster_changes SET effective_on = '2026-01-02', reason = 'Musyawarah' WHERE id = $1`,
      [id],
    );
    await client.query(
      `UPDATE roster_change_lines SET candidate = '{"name": "Siti Maryam", "sex": "female", "birthDate": null, "phone": null}'
       WHERE roster_change_id = $1`,
      [id],
    );
  });

const submit = async (browser: Browser, id: number) => {
  const page = await browser.get(`/usulan/${id}/periksa`);
  expect(page.status, page.text.slice(0, 500)).toBe(200);
  const version = /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? '';
  return browser.post(`/usulan/${id}/pengajuan`, { version });
};

test('a seat with an open proposal is not proposed again, and the page links to it', async () => {
  const scene = await makeScene();
  const fill = { kind: 'fill', seatId: scene.secretary.id };
  const first = await start(scene.staff, scene, fill);
  expect(first.status).toBe(303);

  const own = await start(scene.staff, scene, fill);
  expect(own.status).toBe(422);
  expect(textOf(own.text)).toContain(
    `Sudah ada draf usulan ${scene.staffAccount.displayName} yang belum dikirim untuk jabatan yang sama. Lanjutkan atau batalkan usulan itu lebih dulu.`,
  );
  expect(own.text).toContain(`href="/usulan/${idIn(first)}"`);

  for (const fields of [fill, { kind: 'new_board' }]) {
    const other = await start(scene.chair, scene, fields);
    expect(other.status).toBe(422);
    expect(textOf(other.text)).toContain(`atau minta ${scene.staffAccount.displayName}`);
    // Another's draft cannot be looked at.
    expect(other.text).not.toContain(`href="/usulan/${idIn(first)}"`);
  }
  const treasurer = { kind: 'fill', seatId: scene.treasurer.id };
  expect((await start(scene.chair, scene, treasurer)).status).toBe(303);
});

test('a seat chosen later is looked at as well', async () => {
  const scene = await makeScene();
  await start(scene.staff, scene, { kind: 'fill', seatId: scene.secretary.id });
  const draft = await start(scene.chair, scene, { kind: 'fill' });
  expect(draft.headers.location).toMatch(/\/kursi$/);
  const chosen = await scene.chair.post(String(draft.headers.location), {
    seatId: scene.secretary.id,
  });
  expect(chosen.status).toBe(422);
  expect(textOf(chosen.text)).toContain('Sudah ada draf usulan');
});

test('a forgotten draft holds up nobody, and cannot be sent beside the other one', async () => {
  const scene = await makeScene();
  const fill = { kind: 'fill', seatId: scene.secretary.id };
  const forgotten = idIn(await start(scene.staff, scene, fill));
  await complete(forgotten);
  await inTransaction((client) =>
    client.query(
      `UPDATE roster_changes SET updated_at = now() - interval '15 days' WHERE id = $1`,
      [forgotten],
    ),
  );
  const sent = idIn(await start(scene.chair, scene, fill));
  await complete(sent);
  expect((await submit(scene.chair, sent)).status).toBe(303);

  const late = await submit(scene.staff, forgotten);
  expect(late.status).toBe(422);
  expect(textOf(late.text)).toMatch(/Sudah ada usulan U-\d{4}-\d{4} \(Menunggu persetujuan\)/);
  expect(late.text).toContain(`href="/usulan/${sent}"`);
});

test('of proposals about one seat that are sent at once, the database takes one', async () => {
  const { place, staffAccount, secretary } = await makeScene();
  const draft = (subject: string) =>
    asActor(systemActor('tests'), (tx) =>
      tx.rosterChange.create({
        data: {
          ...place,
          kind: 'fill',
          subject,
          baseVersion: 1,
          makerId: staffAccount.id,
          makerName: staffAccount.displayName,
          effectiveOn: prismaDate('2026-01-02'),
          reason: 'Musyawarah',
          lines: { create: { ...place, seatId: secretary.id } },
        },
        select: { id: true },
      }),
    );
  const drafts = [await draft('board'), await draft(`seat:${secretary.id}`)];
  const results = await Promise.allSettled(
    drafts.map(({ id }) =>
      asActor(systemActor('tests'), (tx) =>
        tx.rosterChange.update({
          where: { id },
          data: { status: 'submitted', number: `U-UJI-${id}`, submittedAt: new Date() },
          select: { id: true },
        }),
      ),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(
    await rowsOf(`SELECT FROM roster_changes WHERE institution_id = $1 AND status = 'submitted'`, [
      place.institutionId,
    ]),
  ).toHaveLength(1);
});
