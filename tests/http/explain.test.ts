import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { loadCity } from '#src/city.ts';
import { statements } from '#src/database.ts';
import { addYears, prismaDate, today } from '#src/format.ts';
import type { Place } from '../bench/generate.ts';
import { as } from '../support/app.ts';
import { addKecamatan, asSuperuser, typesOf } from '../support/data-set.ts';
import { dayPagesOf } from '../support/attendance.ts';
import { hashOfToken } from '#src/invitations/tokens.ts';
import { inTests, invitationsOf, linkOf } from '../support/invitations.ts';
import { makeFollowUp, makeTraining, makeTrainingFiles } from '../support/trainings.ts';

/** Tables that grow with the city; the others fit on a few pages, where reading all is the best plan. */
const large = new Set([
  'institutions',
  'institution_summaries',
  'seats',
  'people',
  'decrees',
  'boards',
  'tenures',
]);

/** What the admin asks of the whole city reads the whole city: its recap, how many there are, orders without an index. */
const wholeCity = [
  ...['admin recap_city: institutions', 'admin recap_city: institution_summaries'],
  ...['admin recap_officers_city: people', 'admin recap_officers_city: tenures'],
  ...[
    'admin institution_count nama short: institutions',
    'admin institution_count nama sk-segera: institutions',
    'admin institution_list nama sk-segera: institutions',
  ],
  ...[
    'admin institution_list kelengkapan: institutions',
    'admin institution_list kelengkapan: institution_summaries',
  ],
  ...[
    'admin institution_list jenis: institutions',
    'admin institution_list kelurahan: institutions',
  ],
  'admin officeholder_count : institutions',
  'admin training_coverage_city: tenures',
  ...[
    'admin completeness_kecamatan nama: institutions',
    'admin completeness_kecamatan nama: institution_summaries',
  ],
];

/** How PostgreSQL can join; a cast in a condition may run before the condition that guards it. */
const joins = ['nestloop', 'hashjoin', 'mergejoin'] as const;

type Asked = {
  account: string;
  name: string;
  text: string;
  values: unknown[];
  settings: unknown[];
};
const asked: Asked[] = [];

beforeAll(async () => {
  const types = typesOf({ rt: [64, 2], rw: [10, 5], posyandu: 10, pokmas: [7, 14] });
  await addKecamatan('98.01.02', 30, types);
  const place = await addKecamatan('98.01.01', 5, types);
  await listenToPages(place);
}, 180_000);

test('the statements of the pages read no large table from end to end', async () => {
  expect(asked.length).toBeGreaterThan(50);
  const scans = await asSuperuser(async (client) => {
    const found: string[] = [];
    for (const one of asked)
      for (const table of await scannedBy(client, one))
        found.push(`${one.account} ${one.name}: ${table}`);
    return found;
  });
  expect(scans.filter((scan) => !wholeCity.includes(scan))).toEqual([]);
});

test.each(joins)(
  'no statement fails when the planner joins by %s alone',
  async (join) => {
    const failed = await asSuperuser(async (client) => {
      const found: string[] = [];
      for (const one of new Map(asked.map((each) => [each.text, each])).values()) {
        const error = await inPlace(client, one, async () => {
          for (const other of joins)
            if (other !== join) await client.query(`SET LOCAL enable_${other} = off`);
          return client.query(one.text, one.values).then(() => null, String);
        });
        if (error) found.push(`${one.account} ${one.name}: ${error}`);
      }
      return found;
    });
    expect(failed).toEqual([]);
  },
  120_000,
);

test('every declared statement was asked', () => {
  const names = new Set(asked.map(({ name }) => name));
  expect([...statements.keys()].filter((name) => !names.has(name))).toEqual([]);
});

const pagesOf = (
  place: Place,
  {
    trainingId,
    followUpId,
    invitationId,
    heldId,
    files,
  }: {
    trainingId: number;
    followUpId: number;
    invitationId: number;
    heldId: number;
    files: { read: string[]; change: string };
  },
  day: Awaited<ReturnType<typeof dayPagesOf>>,
): Partial<Record<keyof Place['accounts'], string[]>> => {
  const institution = `/lembaga/${place.institutionId}`;
  const here = `kelurahan=${place.kelurahanCode}`;
  const lists = [
    '/beranda',
    ...[
      '',
      '?cari=melati',
      '?cari=rw',
      '?status=sk-segera',
      '?status=ketua-kosong',
      '?jenis=POKMAS',
    ].map((query) => `/lembaga${query}`),
    ...['nama', '-masa-bakti', 'kelengkapan', 'jenis', 'kelurahan'].map(
      (order) => `/lembaga?urut=${order}&halaman=2`,
    ),
    `/lembaga?${here}&jenis=RT`,
    `/lembaga?${here}&cari=melati`,
    '/pengurus',
    '/pengurus?cari=hidayat',
    `/kelengkapan?${here}&celah=nik&urut=kemutakhiran`,
  ];
  const pages = [
    '',
    '/pengurus',
    '/pengurus?tanggal=2026-01-02',
    '/pengurus.xlsx',
    '/tugas',
    '/riwayat',
    '/pernyataan',
  ].map((part) => institution + part);
  const training = `/pelatihan/${trainingId}`;
  const trainings = [
    '/pelatihan',
    '/pelatihan?daftar=semua&pilar=bersih',
    '/pelatihan.xlsx?daftar=semua',
    '/pelatihan.pdf?daftar=semua',
    '/tindak-lanjut.pdf',
    training,
    `${training}/undangan`,
    ...day.read,
    `${training}/dialog`,
    ...files.read,
    `${training}/sertifikat`,
    `${training}/sertifikat?cari=tamu&status=belum`,
    '/tindak-lanjut',
    `/tindak-lanjut/${followUpId}`,
  ];
  return {
    admin: [
      ...lists,
      ...pages,
      ...trainings,
      ...day.record,
      `${training}/sertifikat/peserta/${invitationId}`,
      `${training}/umpan-balik`,
      `/pelatihan/${heldId}/laporan`,
      '/pernyataan',
      '/laporan',
      `/laporan?${here}`,
    ],
    camat: [
      ...lists,
      ...pages,
      ...trainings,
      '/laporan',
      `/laporan?${here}`,
      '/laporan/pelatihan',
      `/laporan/pelatihan?${here}`,
    ],
    lurah: [...lists, ...pages, ...trainings, '/laporan', '/laporan/pelatihan', '/usulan'],
    staff: [
      ...lists,
      ...pages,
      ...trainings,
      ...day.record,
      `${training}/undangan/kabar`,
      `${training}/notulen`,
      files.change,
      `${training}/sertifikat/peserta/${invitationId}`,
      `${training}/umpan-balik`,
      `/pelatihan/${heldId}/laporan`,
      `${institution}/pengingat`,
      '/laporan',
      '/usulan',
    ],
    officer: [`${training}/tes-saya`, '/beranda', '/lembaga', '/usulan', ...pages],
  };
};

/** Opens every page and keeps the named statements that it sends, with their values and the actor they are sent for. */
async function listenToPages(place: Place) {
  const training = await makeTraining({ kelurahanId: place.kelurahanId });
  const day = await dayPagesOf(training);
  const followUp = await makeFollowUp(training);
  await proposeBoard(place);
  const [guest] = await invitationsOf(training.id);
  const link = linkOf(guest ?? { trainingId: 0, code: '' });
  await inTests((tx) =>
    tx.trainingInvitation.updateMany({
      where: { trainingId: training.id },
      data: { tokenHash: hashOfToken(link.slice('/u/'.length)) },
    }),
  );
  const { material, photo } = await makeTrainingFiles(training.id);
  const ids = {
    files: {
      change: `/pelatihan/${training.id}/foto/${photo.id}/ubah`,
      read: [
        `/pelatihan/${training.id}/foto`,
        `/pelatihan/${training.id}/foto/${photo.id}`,
        `/pelatihan/${training.id}/foto/${photo.id}/kecil`,
        `/pelatihan/${training.id}/materi/${material.id}/unduh`,
      ],
    },
    trainingId: training.id,
    followUpId: followUp.id,
    invitationId: guest?.id ?? 0,
    heldId: (await makeTraining({ kelurahanId: place.kelurahanId, status: 'finished' })).id,
  };
  const { prototype } = pg.Client;
  const { query } = prototype;
  const seen = new Set<string>();
  let account = '';
  let settings: unknown[] = [];
  prototype.query = function listened(this: pg.Client, ...given: unknown[]) {
    const { name = '', text = '', values = [] } = Object(given[0]) as Partial<pg.QueryConfig>;
    if (text.includes(`set_config('role'`)) settings = values;
    else if (isRead(text) && settings.length > 0 && !seen.has(`${account} ${name} ${text}`)) {
      seen.add(`${account} ${name} ${text}`);
      asked.push({ account, name, text, values, settings });
    }
    return Reflect.apply(query, this, given);
  } as typeof query;
  try {
    account = 'system';
    await loadCity();
    for (const url of [
      ...day.linked,
      link,
      `${link}/sertifikat.pdf`,
      `${link}/umpan-balik`,
      `${link}/materi/${material.id}`,
      `/cek/${'A'.repeat(26)}`,
    ])
      await (await as()).get(url);
    for (const [name, urls] of Object.entries(pagesOf(place, ids, day))) {
      account = name;
      const browser = await as({ id: place.accounts[name as keyof Place['accounts']] });
      for (const url of urls) {
        settings = [];
        expect((await browser.get(url)).status, `${name} ${url}`).toBe(200);
      }
    }
  } finally {
    prototype.query = query;
  }
}

/** A proposal about no seat, waiting, where the pages look. */
const proposeBoard = ({ institutionId, kelurahanId, accounts }: Place) =>
  inTests((tx) =>
    tx.rosterChange.create({
      data: {
        institutionId,
        kelurahanId,
        kind: 'new_board',
        subject: 'board',
        status: 'submitted',
        number: 'U-UJI-RENCANA',
        submittedAt: new Date(),
        effectiveOn: prismaDate(today()),
        termEndsOn: prismaDate(addYears(today(), 5)),
        reason: 'Masa bakti berakhir',
        baseVersion: 1,
        makerId: accounts.staff,
        makerName: 'Staf',
      },
      select: { id: true },
    }),
  );

const isRead = (text: string) => /^\s*(SELECT|WITH)\b/i.test(text);

type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
};

/** The large tables that the planner reads whole; in the order of an index, too, for whoever sees a part of the city. */
const scannedBy = (client: pg.Client, one: Asked): Promise<string[]> =>
  inPlace(client, one, async () => {
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (FORMAT JSON) ${one.text}`,
      one.values,
    );
    return nodesOf(rows[0]?.['QUERY PLAN'][0].Plan)
      .filter((node) => large.has(node['Relation Name'] ?? ''))
      .filter((node) => readsAll(node) || (one.account !== 'admin' && walksAll(node)))
      .map((node) => node['Relation Name'] ?? '');
  });

const readsAll = (node: Plan) => node['Node Type'] === 'Seq Scan';
const walksAll = (node: Plan) =>
  /^Index (Only )?Scan/.test(node['Node Type']) && !node['Index Cond'];

/** Works under the role and the policies of the actor who asked, and leaves nothing behind. */
async function inPlace<Result>(
  client: pg.Client,
  { settings }: Asked,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query('BEGIN');
  await client.query(
    `SELECT set_config('role', $1, true), set_config('app.actor_id', $2, true), set_config('app.account_id', $3, true),
       set_config('app.kelurahan_ids', $4, true), set_config('app.institution_id', $5, true)`,
    settings.slice(0, 5),
  );
  try {
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

function nodesOf(plan: Plan | undefined): Plan[] {
  return plan ? [plan, ...(plan.Plans ?? []).flatMap(nodesOf)] : [];
}
