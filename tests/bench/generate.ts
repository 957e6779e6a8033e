import type pg from 'pg';
import type { DataSetPlan } from './sizes.ts';

/** What the bench opens: a kelurahan and its LPM, and the accounts that look at them. */
export type Place = {
  kecamatanId: number;
  kelurahanId: number;
  kelurahanCode: string;
  institutionId: number;
  /** One without a NIK: the sealed ones of the bench are only bytes. */
  personId: number;
  accounts: { admin: number; camat: number; lurah: number; staff: number; officer: number };
};

type Options = {
  /** Leaves out the constraints that only writing needs, whose indexes take longer than all the rest. */
  withoutWriteConstraints?: boolean;
  note?: (step: string) => void;
};

/**
 * Fills a migrated database with reference data, as superuser and with triggers off, in some twenty statements.
 * What the triggers would write (rules of the type on tenures, summaries) is written here. Called again it adds.
 */
export async function generateDataSet(
  client: pg.Client,
  plan: DataSetPlan,
  { withoutWriteConstraints = false, note = () => {} }: Options = {},
): Promise<void> {
  await client.query(`SET session_replication_role = replica; SET statement_timeout = 0; SET jit = off;
    SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET synchronous_commit = off`);
  await insertTerritory(client, plan);
  await preparePlan(client, plan);
  if (withoutWriteConstraints) await dropWriteConstraints(client);
  const indexes = await dropPlainIndexes(client);
  for (const [step, sql] of Object.entries(steps)) {
    await client.query(sql);
    note(step);
  }
  for (const { sql } of indexes) await client.query(sql);
  note('indexes');
  await client.query(accountsSql);
  await client.query(proposalsSql);
  await refreshSummaries(client);
  note('accounts, proposals, summaries');
  await moveSequences(client);
  await client.query('RESET session_replication_role');
  await client.query('VACUUM (ANALYZE)');
  note('vacuum and analyze');
}

/** In a kecamatan of six kelurahan, or the nearest to it, so that sizes compare. */
export async function findPlace(client: pg.Client): Promise<Place> {
  const { rows } = await client.query<{ code: string }>(
    `SELECT c.code FROM kecamatan c JOIN kelurahan k ON k.kecamatan_id = c.id
     GROUP BY c.id ORDER BY abs(count(*) - 6), md5(c.code) LIMIT 1`,
  );
  return findPlaceIn(client, rows[0]?.code ?? '');
}

export async function findPlaceIn(client: pg.Client, kecamatanCode: string): Promise<Place> {
  const { rows } = await client.query<Place>(
    `SELECT k.kecamatan_id AS "kecamatanId", k.id AS "kelurahanId", k.code AS "kelurahanCode", i.id AS "institutionId",
       (SELECT min(q.id) FROM tenures t JOIN people q ON q.id = t.person_id
        WHERE t.institution_id = i.id AND NOT q.has_nik) AS "personId", jsonb_build_object(
         'admin', (SELECT min(id) FROM accounts WHERE role = 'admin'),
         'camat', (SELECT min(id) FROM accounts WHERE kecamatan_id = k.kecamatan_id),
         'lurah', (SELECT min(id) FROM accounts WHERE kelurahan_id = k.id AND role = 'lurah'),
         'staff', (SELECT min(id) FROM accounts WHERE kelurahan_id = k.id AND role = 'staff'),
         'officer', (SELECT min(id) FROM accounts WHERE institution_id = i.id)) AS accounts
     FROM kelurahan k
     JOIN institutions i ON i.kelurahan_id = k.id
     JOIN institution_types y ON y.id = i.institution_type_id AND y.code = 'LPM'
     WHERE k.code LIKE $1 || '.%' ORDER BY k.code LIMIT 1`,
    [kecamatanCode],
  );
  const [place] = rows;
  if (!place) throw new Error('the data set has no kelurahan with an LPM');
  return place;
}

async function insertTerritory(client: pg.Client, { cityCode, cityName, kecamatan }: DataSetPlan) {
  await client.query(
    `INSERT INTO city_settings (code, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`,
    [cityCode, cityName],
  );
  await client.query(
    `INSERT INTO kecamatan (code, name, address, head_name, head_nip)
     SELECT code, name, 'Jalan Pahlawan 1', 'Drs. Bambang Sutrisno, M.Si.', '196805171990031004'
     FROM unnest($1::text[], $2::text[]) AS u (code, name)`,
    [kecamatan.map(({ code }) => code), kecamatan.map(({ name }) => name)],
  );
  const kelurahan = kecamatan.flatMap((one) =>
    one.kelurahan.map((inside) => ({ ...inside, kecamatanCode: one.code })),
  );
  await client.query(
    `INSERT INTO kelurahan (kecamatan_id, code, name, address, head_name, head_nip)
     SELECT c.id, u.code, u.name, 'Jalan Merdeka 1', 'Hj. Sri Wahyuni, S.Sos.', '197203121994032006'
     FROM unnest($1::text[], $2::text[], $3::text[]) AS u (kecamatan_code, code, name)
     JOIN kecamatan c ON c.code = u.kecamatan_code`,
    [
      kelurahan.map(({ kecamatanCode }) => kecamatanCode),
      kelurahan.map(({ code }) => code),
      kelurahan.map(({ name }) => name),
    ],
  );
}

/** Temporary tables: what each kelurahan gets, and the kelurahan that have nothing yet. */
async function preparePlan(client: pg.Client, { types }: DataSetPlan) {
  await client.query(`DROP TABLE IF EXISTS type_plan, seat_plan, rule_plan, new_kelurahan, base;
    CREATE TEMPORARY TABLE rule_plan AS
      SELECT institution_type_id AS type_id, max(value) FILTER (WHERE kind = 'term_years') AS years,
        max(value) FILTER (WHERE kind = 'term_limit') AS terms, bool_or(kind = 'concurrent_office' AND severity = 'block') AS exclusive
      FROM institution_rules GROUP BY institution_type_id;
    CREATE TEMPORARY TABLE type_plan (type_id int, code text, institutions int, first int, per_kelurahan int);
    CREATE TEMPORARY TABLE seat_plan (type_id int, position_type_id int, code text, sort_order int, seats int);
    CREATE TEMPORARY TABLE new_kelurahan AS
      SELECT k.id, k.name, row_number() OVER (ORDER BY k.id) AS place FROM kelurahan k
      WHERE NOT EXISTS (SELECT FROM institutions i WHERE i.kelurahan_id = k.id);
    CREATE TEMPORARY TABLE base AS SELECT
      (SELECT COALESCE(max(id), 0) FROM institutions) AS institution, (SELECT COALESCE(max(id), 0) FROM seats) AS seat`);
  await client.query(
    `INSERT INTO type_plan
     SELECT y.id, y.code, u.institutions, (sum(u.institutions) OVER (ORDER BY u.place) - u.institutions)::int,
       (sum(u.institutions) OVER ())::int
     FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS u (code, institutions, place)
     JOIN institution_types y ON y.code = u.code`,
    [types.map(({ code }) => code), types.map(({ institutions }) => institutions)],
  );
  const seats = types.flatMap((type) =>
    Object.entries(type.seats).map(([position, count]) => ({ type: type.code, position, count })),
  );
  const planned = await client.query(
    `INSERT INTO seat_plan
     SELECT y.id, p.id, p.code, p.sort_order, u.seats
     FROM unnest($1::text[], $2::text[], $3::int[]) AS u (type, position, seats)
     JOIN institution_types y ON y.code = u.type
     JOIN position_types p ON p.institution_type_id = y.id AND p.code = u.position`,
    [
      seats.map(({ type }) => type),
      seats.map(({ position }) => position),
      seats.map(({ count }) => count),
    ],
  );
  if (planned.rowCount !== seats.length)
    throw new Error('the plan names a position that no type has');
}

const words = {
  flowers: `ARRAY['Mawar','Anggrek','Dahlia','Kenanga','Cempaka','Teratai','Flamboyan','Bougenville','Seruni','Tulip']`,
  groups: `ARRAY['Sinar Mulia','Maju Bersama','Tani Makmur','Karya Mandiri','Sumber Rejeki','Guyub Rukun','Bina Usaha','Harapan Jaya']`,
  sections: `ARRAY['Keamanan','Kebersihan','Pembangunan','Kesejahteraan','Pemuda','Agama','Kesehatan','Humas','Pendidikan']`,
  men: `ARRAY['Ahmad','Slamet','Bambang','Sutrisno','Hadi','Agus','Joko','Mochamad','Abdul','Eko','Suparman','Yudi','Rudi','Hendra','Fajar','Ma''ruf','Imam','Dwi','Wahyu','Budi']`,
  women: `ARRAY['Siti','Sri','Endang','Dewi','Nur','Yuliana','Ratna','Indah','Wahyuni','Lilik','Umi','Kartini','Fitri','Ani','Rina','Sulastri','Tutik','Mega','Ida','Hartini']`,
  middles: `ARRAY['Kurnia','Aminah','Handayani','Rahayu','Lestari','Maulana','Hidayat','Wibowo','Prasetyo','Utami','Fauzi','Cahyono','Puspita','Ningsih','Rahman','Saputra','Firmansyah']`,
  lasts: `ARRAY['Santoso','Wijaya','Kusuma','Setiawan','Hartono','Suryadi','Gunawan','Susanto','Purnomo','Nugroho','Widodo','Subagyo','Irawan','Mulyadi','Wahyudi','Siswanto','Basuki','Rohman','Hakim','Yulianto','Anwar','Iskandar','Halim']`,
};
const pick = (list: keyof typeof words, seed: string) =>
  `(${words[list]})[1 + (${seed}) % array_length(${words[list]}, 1)]`;

/** Of an LPM the seat's place in its institution, so that the page that is measured is alike in every size. */
const seed = `CASE WHEN y.code = 'LPM' THEN p.sort_order * 16 + e.number ELSE e.id END`;

const steps = {
  institutions: `
    INSERT INTO institutions (id, kelurahan_id, institution_type_id, parent_id, name, rt_number, rw_number, address, phone,
      founded_on, founding_decree, scope)
    SELECT b.institution + (k.place - 1) * p.per_kelurahan + p.first + n, k.id, p.type_id,
      CASE WHEN p.code = 'RT' THEN b.institution + (k.place - 1) * p.per_kelurahan + rw.first + 1 + (n - 1) % rw.institutions END,
      CASE p.code
        WHEN 'RT' THEN 'RT ' || lpad(((n - 1) / rw.institutions + 1)::text, 3, '0') || '/RW ' || lpad(((n - 1) % rw.institutions + 1)::text, 3, '0')
        WHEN 'RW' THEN 'RW ' || lpad(n::text, 3, '0')
        WHEN 'POSYANDU' THEN 'Posyandu ' || CASE WHEN n <= 5 THEN 'Melati ' || n ELSE ${pick('flowers', 'n')} || ' ' || n END
        WHEN 'POKMAS' THEN 'Pokmas ' || ${pick('groups', 'n + k.place')} || CASE WHEN n > 8 THEN ' ' || n ELSE '' END
        WHEN 'PKK' THEN 'TP PKK ' || k.name
        WHEN 'KARANG_TARUNA' THEN 'Karang Taruna ' || k.name
        ELSE p.code || ' ' || k.name END,
      CASE p.code WHEN 'RT' THEN (n - 1) / rw.institutions + 1 END,
      CASE p.code WHEN 'RT' THEN (n - 1) % rw.institutions + 1 WHEN 'RW' THEN n END,
      'Jalan ' || ${pick('lasts', 'n * 7 + k.place')} || ' ' || n,
      CASE WHEN n % 3 > 0 THEN '+62812' || lpad((k.place * 100 + n)::text, 8, '0') END,
      date '2005-01-01' + ((n * 211 + k.place * 17) % 6000)::int,
      'SK Lurah ' || n || ' Tahun 2005', 'Kegiatan warga di wilayahnya'
    FROM new_kelurahan k CROSS JOIN type_plan p CROSS JOIN base b
    CROSS JOIN (SELECT first, institutions FROM type_plan WHERE code = 'RW') rw
    CROSS JOIN LATERAL generate_series(1, p.institutions) n
    ORDER BY 1`,
  decrees: `
    INSERT INTO decrees (id, kelurahan_id, number, decreed_on, about, signatory_name)
    SELECT i.id, i.kelurahan_id, '188.45/' || i.id || '/425.504', current_date
      - CASE WHEN y.code = 'LPM' THEN 400 ELSE i.id * 37 % 1900 END, 'Penetapan pengurus ' || i.name, 'Hj. Sri Wahyuni, S.Sos.'
    FROM base b JOIN institutions i ON i.id > b.institution JOIN institution_types y ON y.id = i.institution_type_id
    WHERE i.id % 31 <> 0 OR y.code = 'LPM'`,
  boards: `
    INSERT INTO boards (id, institution_id, kelurahan_id, starts_on, ends_on, max_years, decree_id)
    SELECT i.id, i.id, i.kelurahan_id, s.starts_on, (s.starts_on + make_interval(years => COALESCE(r.years, 5)::int))::date,
      r.years, d.id
    FROM base b JOIN institutions i ON i.id > b.institution
    JOIN rule_plan r ON r.type_id = i.institution_type_id
    LEFT JOIN decrees d ON d.id = i.id
    CROSS JOIN LATERAL (SELECT COALESCE(d.decreed_on, current_date - i.id * 37 % 1900) AS starts_on) s`,
  seats: `
    INSERT INTO seats (id, institution_id, kelurahan_id, institution_type_id, position_type_id, number, label)
    SELECT b.seat + row_number() OVER (ORDER BY i.id, p.sort_order, n), i.id, i.kelurahan_id, i.institution_type_id,
      p.position_type_id, n, CASE WHEN p.code IN ('section', 'section_head') THEN 'Seksi ' || ${pick('sections', 'n')} END
    FROM base b JOIN institutions i ON i.id > b.institution
    JOIN seat_plan p ON p.type_id = i.institution_type_id
    CROSS JOIN LATERAL generate_series(1, p.seats) n`,
  people: `
    INSERT INTO people (id, nik_sealed, nik_index, front_title, name, back_title, sex, birth_place, birth_date, address,
      kelurahan_id, phone, education_level, occupation, kelurahan_ids, institution_ids)
    SELECT e.id, CASE WHEN s.n % 7 > 0 THEN sha256(('sealed' || e.id)::bytea) || sha256('rest'::bytea) END,
      CASE WHEN s.n % 7 > 0 THEN sha256(e.id::text::bytea) END,
      CASE WHEN s.n % 9 = 0 THEN CASE WHEN s.woman THEN 'Hj.' ELSE 'H.' END END,
      CASE WHEN s.woman THEN ${pick('women', 's.n * 7')} ELSE ${pick('men', 's.n * 7')} END
        || CASE WHEN s.n % 17 = 0 THEN '' ELSE ' ' || ${pick('middles', 's.n * 3 + s.n / 20')} || ' ' || ${pick('lasts', 's.n + s.n / 340')} END,
      CASE s.n % 8 WHEN 0 THEN 'S.Pd.' WHEN 1 THEN 'S.E., M.M.' END,
      CASE WHEN s.woman THEN 'female' ELSE 'male' END, 'Probolinggo',
      CASE WHEN s.n % 12 > 0 THEN date '1955-01-01' + (s.n * 13 % 15000)::int END, 'Jalan Mawar ' || s.n % 90 + 1,
      e.kelurahan_id, CASE WHEN s.n % 5 > 0 THEN '+62813' || lpad((e.id % 100000000)::text, 8, '0') END,
      (SELECT min(code) FROM education_levels), (SELECT min(code) FROM occupations),
      ARRAY[e.kelurahan_id], ARRAY[e.institution_id]
    FROM base b JOIN seats e ON e.id > b.seat
    JOIN institution_types y ON y.id = e.institution_type_id
    JOIN position_types p ON p.id = e.position_type_id
    CROSS JOIN LATERAL (SELECT ${seed} AS n, ${seed} % 5 < 2 AS woman) s
    WHERE s.n % 41 <> 0
    ORDER BY e.id`,
  tenures: `
    INSERT INTO tenures (id, kelurahan_id, institution_id, institution_type_id, position_type_id, seat_id, person_id, board_id,
      start_on, planned_end_on, appointing_decree_id, counts, term_number, max_terms, exclusivity_group)
    SELECT e.id, e.kelurahan_id, e.institution_id, e.institution_type_id, e.position_type_id, e.id, q.id, o.id, o.starts_on,
      o.ends_on, o.decree_id, r.terms IS NOT NULL, CASE WHEN r.terms IS NOT NULL THEN 1 END, r.terms,
      CASE WHEN r.exclusive THEN 'lkk' ELSE 'none' END
    FROM base b JOIN seats e ON e.id > b.seat
    JOIN people q ON q.id = e.id
    JOIN boards o ON o.id = e.institution_id
    JOIN rule_plan r ON r.type_id = e.institution_type_id
    ORDER BY e.id`,
};

const accountsSql = `
  INSERT INTO accounts (username, display_name, role)
  SELECT 'admin.bench', 'Admin Kota', 'admin' ON CONFLICT DO NOTHING;
  INSERT INTO accounts (username, display_name, role, kecamatan_id)
  SELECT 'camat.' || k.id, 'Camat ' || k.name, 'kecamatan', k.id FROM kecamatan k
  WHERE NOT EXISTS (SELECT FROM accounts a WHERE a.kecamatan_id = k.id);
  INSERT INTO accounts (username, display_name, role, kelurahan_id)
  SELECT r.role || '.' || k.id, r.role || ' ' || k.name, r.role, k.id
  FROM new_kelurahan k CROSS JOIN (VALUES ('lurah'), ('staff')) AS r (role);
  INSERT INTO accounts (username, display_name, role, kelurahan_id, institution_id, tenure_id)
  SELECT 'ketua.' || t.institution_id, 'Ketua', 'officer', t.kelurahan_id, t.institution_id, t.id
  FROM base b JOIN tenures t ON t.institution_id > b.institution
  JOIN institution_types y ON y.id = t.institution_type_id AND y.code = 'LPM'
  JOIN position_types p ON p.id = t.position_type_id AND p.is_chair`;

/** In every fiftieth institution but the LPM a new board waits for the lurah. */
const proposalsSql = `
  INSERT INTO roster_changes (number, institution_id, kelurahan_id, kind, subject, status, effective_on, term_ends_on, reason,
    base_version, maker_id, maker_name, submitted_at)
  SELECT 'U-' || i.id, i.id, i.kelurahan_id, 'new_board', 'board', 'submitted', current_date, current_date + 1826,
    'Masa bakti berakhir', 1, a.id, a.display_name, now()
  FROM base b JOIN institutions i ON i.id > b.institution
  JOIN institution_types y ON y.id = i.institution_type_id AND y.code <> 'LPM'
  JOIN accounts a ON a.kelurahan_id = i.kelurahan_id AND a.role = 'staff'
  WHERE i.id % 50 = 0`;

/** Without boards_one_at_a_time, which is the index of boards by institution. */
const writeConstraints = {
  tenures: [
    'tenures_within_seat',
    'tenures_within_board',
    'tenures_one_holder_per_seat',
    'tenures_one_seat_per_institution',
    'tenures_no_concurrent_office',
    'tenures_one_field',
  ],
  seats: ['seats_within_institution', 'seats_life'],
  boards: ['boards_term'],
  institutions: ['institutions_life'],
};

async function dropWriteConstraints(client: pg.Client) {
  for (const [table, names] of Object.entries(writeConstraints))
    for (const name of names)
      await client.query(`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${name}`);
}

/** Building an index after the load is faster than keeping it; answers the statements that make them again. */
async function dropPlainIndexes(client: pg.Client): Promise<{ sql: string }[]> {
  const { rows } = await client.query<{ name: string; sql: string }>(
    `SELECT x.indexrelid::regclass::text AS name, pg_get_indexdef(x.indexrelid) AS sql
     FROM pg_index x LEFT JOIN pg_constraint c ON c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x')
     WHERE c.oid IS NULL AND x.indrelid = ANY (ARRAY['institutions', 'people', 'tenures', 'institution_summaries']::regclass[])`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows;
}

async function refreshSummaries(client: pg.Client) {
  const batch = 20_000;
  const { rows } = await client.query<{ first: number; last: number }>(
    `SELECT b.institution + 1 AS first, (SELECT max(id) FROM institutions) AS last FROM base b`,
  );
  const { first, last } = rows[0] ?? { first: 1, last: 0 };
  // The function looks for the holder of each required seat, for which N has lost the index of its constraint.
  await client.query('CREATE INDEX bench_tenures_by_seat ON tenures (seat_id)');
  await client.query(
    'ANALYZE institutions; ANALYZE boards; ANALYZE seats; ANALYZE tenures; ANALYZE people',
  );
  for (let from = first; from <= last; from += batch)
    await client.query(
      `SELECT refresh_institution_summaries(ARRAY(SELECT generate_series($1::int, $2::int)))`,
      [from, Math.min(last, from + batch - 1)],
    );
  await client.query('DROP INDEX bench_tenures_by_seat');
}

async function moveSequences(client: pg.Client) {
  for (const table of ['institutions', 'decrees', 'boards', 'seats', 'people', 'tenures'])
    await client.query(
      `SELECT setval(pg_get_serial_sequence('${table}', 'id'), GREATEST((SELECT max(id) FROM ${table}), 1))`,
    );
}
