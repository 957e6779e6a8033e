import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { Prisma } from '#src/generated/prisma/client.ts';
import { appUrl, migrate, type LoginRole } from '#src/migrations.ts';
import { testAppPassword } from '../support/config.ts';
import { ownerUrl } from '../support/database.ts';
import { rowsOf } from '../support/superuser.ts';

const root = path.join(import.meta.dirname, '../..');
const ours = `('public', 'audit')`;
/** Not made by us: their functions are the extensions' own. */
const notOfAnExtension = `NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')`;

const postgresTypes: Record<string, string> = {
  Int: 'integer',
  String: 'text',
  Boolean: 'boolean',
  DateTime: 'timestamp without time zone',
  Bytes: 'bytea',
  Json: 'jsonb',
  '@db.SmallInt': 'smallint',
  '@db.Date': 'date',
  '@db.Timestamptz': 'timestamp with time zone',
  '@db.Timestamp(6)': 'timestamp without time zone',
  '@db.VarChar': 'character varying',
  '@db.Uuid': 'uuid',
};

const tables = await rowsOf<{
  name: string;
  rls: boolean;
  forced: boolean;
  policies: number;
  owner: string;
}>(
  `SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AS rls, c.relforcerowsecurity AS forced,
     (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies, c.relowner::regrole::text AS owner
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname IN ${ours} AND c.relkind IN ('r', 'p') ORDER BY 1`,
);

test('there are tables to look at', () => expect(tables.length).toBeGreaterThan(20));

test.each(tables)('$name enforces row-level security, on its owner too', (table) => {
  expect(table).toMatchObject({ rls: true, forced: true });
  expect(table.policies).toBeGreaterThan(0);
  expect(table.owner).toBe(new URL(ownerUrl).username);
});

test('no policy applies to PUBLIC, and none hands a scoped role every row of a table with scope', async () => {
  const everybody = await rowsOf(`SELECT polname FROM pg_policy WHERE polroles = '{0}'`);
  expect(everybody).toEqual([]);
  const scoped = [
    'kelurahan',
    'institutions',
    'institution_summaries',
    'seats',
    'boards',
    'tenures',
    'decrees',
    'people',
    'person_suspicions',
    'person_duplicates',
    'person_merges',
    'roster_changes',
    'roster_change_lines',
    'decisions',
    'duties',
    'duty_confirmations',
    'documents',
    'decree_numberings',
    'import_batches',
    'import_rows',
    'import_files',
    'import_columns',
    'import_decisions',
    'attestations',
    'attestation_sections',
    'trainings',
    'training_sessions',
    'training_session_events',
    'training_files',
    'training_invitations',
    'check_ins',
    'attendances',
    'training_questions',
    'test_results',
    'feedback_receipts',
    'training_feedback',
    'dialogue_notes',
    'follow_ups',
    'follow_up_steps',
    'certificates',
    'certificate_revocations',
    'accounts',
    'account_links',
    'sessions',
    'idempotency_keys',
  ];
  const open = await rowsOf(
    `SELECT tablename, policyname FROM pg_policies
     WHERE tablename = ANY ($1) AND roles && '{portal_kecamatan,portal_kelurahan,portal_officer}'::name[]
       AND (qual IS NULL OR qual = 'true')`,
    [scoped],
  );
  expect(open).toEqual([]);
});

test('the roles that sign in own nothing, inherit nothing and bypass nothing', async () => {
  const roles = await rowsOf<{ rolname: string; weak: boolean; owns: number }>(
    `SELECT r.rolname, NOT (r.rolsuper OR r.rolbypassrls OR r.rolinherit OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication) AS weak,
       (SELECT count(*)::int FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o') AS owns
     FROM pg_roles r WHERE r.rolname IN ('portal_app', 'portal_session') ORDER BY 1`,
  );
  expect(roles).toEqual([
    { rolname: 'portal_app', weak: true, owns: 0 },
    { rolname: 'portal_session', weak: true, owns: 0 },
  ]);
});

test('no role of the portal is a superuser, and only the app role steps into the kinds of actor', async () => {
  const strong = await rowsOf(
    `SELECT rolname FROM pg_roles WHERE rolname LIKE 'portal\\_%' AND (rolsuper OR rolbypassrls OR rolname <> $1 AND (rolcreaterole OR rolcreatedb))`,
    [new URL(ownerUrl).username],
  );
  expect(strong).toEqual([]);
  const members = await rowsOf<{ role: string; member: string }>(
    `SELECT m.roleid::regrole::text AS role, m.member::regrole::text AS member FROM pg_auth_members m
     WHERE m.member::regrole::text IN ('portal_app', 'portal_session') AND (m.set_option OR m.inherit_option) ORDER BY 1`,
  );
  expect(members).toEqual(
    ['auditor', 'city', 'kecamatan', 'kelurahan', 'officer', 'public'].map((kind) => ({
      role: `portal_${kind}`,
      member: 'portal_app',
    })),
  );
});

test('the app role has no grant on any table, column, sequence or function of ours', async () => {
  const granted = await rowsOf(
    `SELECT table_name AS name, privilege_type FROM information_schema.table_privileges WHERE grantee = 'portal_app'
     UNION ALL SELECT column_name, privilege_type FROM information_schema.column_privileges WHERE grantee = 'portal_app'
     UNION ALL SELECT routine_name, privilege_type FROM information_schema.routine_privileges WHERE grantee = 'portal_app'
     UNION ALL SELECT object_name, privilege_type FROM information_schema.usage_privileges WHERE grantee = 'portal_app'`,
  );
  expect(granted).toEqual([]);
});

test('a forgotten actor is an error, not an empty page', async () => {
  for (const { name } of tables)
    await expect(queryAs('portal_app', `SELECT * FROM ${name}`)).rejects.toMatchObject({
      code: '42501',
    });
});

test('views run as whoever asks, and there are no materialized views', async () => {
  const views = await rowsOf(
    `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ${ours} AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT COALESCE(c.reloptions @> '{security_invoker=true}', false))
       AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e')`,
  );
  expect(views).toEqual([]);
});

test('no function of ours can be called by PUBLIC', async () => {
  const open = await rowsOf(
    `SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname IN ${ours} AND ${notOfAnExtension}
       AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))`,
  );
  expect(open).toEqual([]);
});

test('a SECURITY DEFINER function belongs to portal_definer and fixes its search path', async () => {
  const definers = await rowsOf<{ proname: string; owner: string; path: string }>(
    `SELECT p.proname, p.proowner::regrole::text AS owner, array_to_string(p.proconfig, ';') AS path
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname IN ${ours} AND p.prosecdef AND ${notOfAnExtension}`,
  );
  expect(definers.length).toBeGreaterThan(5);
  for (const definer of definers) {
    expect(definer).toMatchObject({ owner: 'portal_definer' });
    expect(definer.path).toMatch(
      /^search_path=(public|pg_catalog), pg_temp(;(enable_(nestloop|seqscan)=off|plan_cache_mode=force_generic_plan))*$/,
    );
  }
  const creates = await rowsOf(
    `SELECT nspname FROM pg_namespace WHERE nspname IN ${ours} AND has_schema_privilege('portal_definer', oid, 'CREATE')`,
  );
  expect(creates).toEqual([]);
});

test('nobody but the owner may create anything in our schemas', async () => {
  const creators = await rowsOf(
    `SELECT r.rolname, n.nspname FROM pg_roles r, pg_namespace n
     WHERE r.rolname LIKE 'portal\\_%' AND r.rolname <> $1 AND n.nspname IN ('public', 'audit', 'migrations') AND has_schema_privilege(r.oid, n.oid, 'CREATE')`,
    [new URL(ownerUrl).username],
  );
  expect(creators).toEqual([]);
});

/**
 * Tables whose rows are no business of a person: references, caches, and what keeps a request safe. Feedback is
 * anonymous: a trail would name who gave it.
 */
const withoutTrail = new Set([
  'audit.events',
  'public.education_levels',
  'public.occupations',
  'public.institution_summaries',
  'public.person_suspicions',
  'public.sessions',
  'public.rate_limits',
  'public.idempotency_keys',
  'public.training_feedback',
]);

test.each(tables.filter(({ name }) => !withoutTrail.has(name)))(
  'every change of a row of $name enters the audit trail',
  async ({ name }) => {
    const triggers = await rowsOf<{ definition: string; enabled: string }>(
      `SELECT pg_get_triggerdef(t.oid) AS definition, t.tgenabled AS enabled FROM pg_trigger t
       WHERE t.tgrelid = $1::regclass AND t.tgfoid = 'audit.capture'::regproc`,
      [name],
    );
    expect(triggers).toHaveLength(1);
    expect(triggers[0]?.enabled).toBe('O');
    expect(triggers[0]?.definition).toMatch(
      /AFTER INSERT OR DELETE OR UPDATE ON .* FOR EACH ROW EXECUTE/,
    );
  },
);

test('columns that hold a secret are named to the audit trigger', async () => {
  const secrets = await rowsOf<{ table: string; column: string; hidden: boolean }>(
    `SELECT c.relname AS table, a.attname AS column,
       position(a.attname IN COALESCE(pg_get_triggerdef(t.oid), '')) > 0 AS hidden
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgfoid = 'audit.capture'::regproc
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
       AND (a.atttypid = 'bytea'::regtype OR a.attname ~ 'password|token|secret|hash') AND a.attname <> 'password_changed_at'`,
  );
  expect(secrets.length).toBeGreaterThanOrEqual(6);
  for (const secret of secrets) expect(secret).toMatchObject({ hidden: true });
});

test('the public role reads names and posts, and no private fact of a person', async () => {
  const publicly = (column: string) =>
    queryAs('portal_app', `SET LOCAL ROLE portal_public; SELECT ${column} FROM people`);
  for (const column of ['id', 'name', 'front_title', 'back_title']) await publicly(column);
  for (const column of [
    'phone',
    'birth_date',
    'birth_place',
    'address',
    'nik_sealed',
    'nik_index',
    'has_nik',
    'rt_number',
    'sex',
    '*',
  ])
    await expect(publicly(column), column).rejects.toMatchObject({ code: '42501' });
  for (const table of [
    'accounts',
    'sessions',
    'account_links',
    'roster_changes',
    'decisions',
    'audit.events',
    'idempotency_keys',
    'rate_limits',
  ])
    await expect(
      queryAs('portal_app', `SET LOCAL ROLE portal_public; SELECT 1 FROM ${table}`),
      table,
    ).rejects.toMatchObject({ code: '42501' });
});

test('the sealed NIK is out of reach of roles that may not reveal it', async () => {
  for (const role of ['portal_auditor', 'portal_kecamatan', 'portal_officer'])
    for (const column of ['nik_sealed', 'nik_index'])
      await expect(
        queryAs('portal_app', `SET LOCAL ROLE ${role}; SELECT ${column} FROM people`),
      ).rejects.toMatchObject({ code: '42501' });
});

test('the frozen copy of home addresses is out of reach of roles beyond the kelurahan', async () => {
  for (const role of ['portal_city', 'portal_auditor', 'portal_kecamatan'])
    await expect(
      queryAs('portal_app', `SET LOCAL ROLE ${role}; SELECT facts FROM attestation_sections`),
    ).rejects.toMatchObject({ code: '42501' });
});

test('the door reaches sessions and accounts and nothing about people', async () => {
  for (const table of [
    'people',
    'roster_changes',
    'decisions',
    'decrees',
    'seats',
    'boards',
    'audit.events',
    'idempotency_keys',
  ])
    await expect(queryAs('portal_session', `SELECT 1 FROM ${table}`), table).rejects.toMatchObject({
      code: '42501',
    });
  await expect(queryAs('portal_session', 'SET ROLE portal_city')).rejects.toMatchObject({
    code: '42501',
  });
  await expect(
    queryAs('portal_session', `UPDATE accounts SET role = 'admin'`),
  ).rejects.toMatchObject({ code: '42501' });
});

type Column = { name: string; type: string; required: boolean; list: boolean };

test.each(readModels())(
  'the model $model says what table $table is made of',
  async ({ table, columns }) => {
    const found = await rowsOf<Column>(
      `SELECT a.attname AS name, format_type(COALESCE(NULLIF(t.typelem, 0), a.atttypid), NULL) AS type,
       a.attnotnull AS required, t.typcategory = 'A' AS list
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid <> 'daterange'::regtype`,
      [table],
    );
    const generated = await rowsOf<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attgenerated <> ''`,
      [table],
    );
    const computed = new Set(generated.map(({ name }) => name));
    const byName = (a: Column, b: Column) => a.name.localeCompare(b.name);
    // A computed column is never NULL in practice, but PostgreSQL does not say so.
    const shape = ({ required, ...column }: Column) =>
      computed.has(column.name) ? column : { ...column, required };
    expect(columns.toSorted(byName).map(shape)).toEqual(found.toSorted(byName).map(shape));
  },
);

test('Prisma knows every table but those it never reads', () => {
  const known = readModels().map(({ table }) => `public.${table}`);
  const others = tables.map(({ name }) => name).filter((name) => !known.includes(name));
  expect(others).toEqual(['audit.events', 'public.institution_summaries', 'public.rate_limits']);
  expect(Object.keys(Prisma.ModelName)).toHaveLength(known.length);
});

test('every constraint that the code asks about exists', async () => {
  const sources = globSync('src/**/*.ts', {
    cwd: root,
    exclude: (name) => name.includes('generated'),
  }).map((file) => readFileSync(path.join(root, file), 'utf8'));
  const asked = new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/violates\(\s*\w+,\s*'(\w+)'/g)].map(([, name = '']) => name),
    ),
  );
  const listed = sources.flatMap((source) =>
    [
      ...source.matchAll(
        /\['((?:tenures|boards|people|decrees|institutions|accounts)_\w*)', '\w+'\]/g,
      ),
    ].map(([, name = '']) => name),
  );
  for (const name of listed) asked.add(name);
  expect(asked.size).toBeGreaterThan(5);
  const existing = await rowsOf<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint UNION SELECT indexname FROM pg_indexes UNION SELECT tgname FROM pg_trigger
     UNION SELECT (regexp_matches(prosrc, 'CONSTRAINT = ''(\\w+)''', 'g'))[1] FROM pg_proc WHERE proowner = 'portal_definer'::regrole`,
  );
  const names = existing.map(({ name }) => name);
  // A name in the code may be the beginning of one: of those of a table, or of a long one.
  const unknown = [...asked].filter((name) => !names.some((known) => known.startsWith(name)));
  expect(unknown).toEqual([]);
});

test('the rules of the model that Prisma cannot say are in the database', async () => {
  const constraints = await rowsOf<{ name: string; kind: string }>(
    `SELECT conname AS name, contype::text AS kind FROM pg_constraint WHERE connamespace = 'public'::regnamespace`,
  );
  const kinds = new Map(constraints.map(({ name, kind }) => [name, kind]));
  const expected = {
    tenures_one_holder_per_seat: 'x',
    tenures_one_seat_per_institution: 'x',
    tenures_no_concurrent_office: 'x',
    boards_one_at_a_time: 'x',
    tenures_within_seat: 'f',
    tenures_within_board: 'f',
    seats_within_institution: 'f',
    tenures_term_limit: 'c',
    tenures_dates: 'c',
    tenures_override_complete: 'c',
    tenures_override_by_second_person: 'f',
    tenures_one_field: 'x',
    institution_rules_blockable: 'c',
    decisions_maker_is_not_checker: 'c',
    decisions_complete: 'c',
    accounts_scope_fits_role: 'c',
    attestations_one_per_cycle: 'p',
    attestation_cycles_do_not_overlap: 'x',
    training_sessions_one_place_at_a_time: 'x',
    attendances_one_per_session: 'u',
    certificates_code_once: 'u',
    roster_changes_submitted_whole: 'c',
  };
  for (const [name, kind] of Object.entries(expected)) expect(kinds.get(name), name).toBe(kind);
});

test('a second run of the migrations applies nothing', async () => {
  expect(await migrate(ownerUrl, { appPassword: testAppPassword })).toEqual([]);
});

/** Runs statements over a connection of this login role and takes everything back. */
async function queryAs(role: LoginRole, sql: string) {
  const client = new Client({ connectionString: appUrl(ownerUrl, role, testAppPassword) });
  await client.connect();
  try {
    await client.query('BEGIN');
    return await client.query(sql);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw Object.assign(new Error(error.message), { code: error.code });
  } finally {
    await client.end();
  }
}

/** The models of prisma/schema.prisma with the columns that they expect of their tables. */
function readModels(): { model: string; table: string; columns: Column[] }[] {
  const schema = readFileSync(path.join(root, 'prisma/schema.prisma'), 'utf8');
  return [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(
    ([, model = '', body = '']) => ({
      model,
      table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
      columns: body.split('\n').flatMap((line) => columnIn(line) ?? []),
    }),
  );
}

function columnIn(line: string): Column | null {
  const [, field = '', type = '', mark = '', rest = ''] =
    /^ {2}(\w+)\s+(\w+)(\[\]|\?)?(.*)$/.exec(line) ?? [];
  const native = /@db\.\w+(?:\(\d+\))?/.exec(rest)?.[0] ?? type;
  const postgresType = postgresTypes[native];
  if (!postgresTypes[type] || !postgresType) return null;
  return {
    name: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field,
    type: postgresType,
    required: mark !== '?',
    list: mark === '[]',
  };
}
