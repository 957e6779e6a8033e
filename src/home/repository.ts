import { z } from 'zod';
import { statement } from '#src/database.ts';
import { changeKinds, changeStatuses } from '#src/roster-changes/rules.ts';

/** What the start pages show; each list is short and says how many there are in all. */

const changeRow = z.strictObject({
  id: z.number(),
  kind: z.enum(changeKinds),
  status: z.enum(changeStatuses),
  institutionName: z.string(),
  makerName: z.string(),
  submittedOn: z.string().nullable(),
  effectiveOn: z.string().nullable(),
  termEndsOn: z.string().nullable(),
  positionName: z.string().nullable(),
  note: z.string().nullable(),
  total: z.number(),
});
export type ChangeRow = z.output<typeof changeRow>;

/** The first seat of a proposal is the one it is about; of a returned one the lurah's last note says what to mend. */
const changeSql = (where: string, order: string, limit: number) => `
  SELECT c.id, c.kind, c.status, i.name AS "institutionName", c.maker_name AS "makerName",
    (c.submitted_at AT TIME ZONE $2)::date AS "submittedOn", c.effective_on AS "effectiveOn", c.term_ends_on AS "termEndsOn",
    l.name AS "positionName", d.note, c.total
  FROM (
    SELECT c.*, count(*) OVER ()::int AS total FROM roster_changes c WHERE ${where} ORDER BY ${order} LIMIT ${limit}
  ) c
  JOIN institutions i ON i.id = c.institution_id
  LEFT JOIN LATERAL (
    SELECT COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS name
    FROM roster_change_lines r JOIN seats e ON e.id = r.seat_id JOIN position_types p ON p.id = e.position_type_id
    WHERE r.roster_change_id = c.id ORDER BY p.sort_order, e.number, e.id LIMIT 1
  ) l ON true
  LEFT JOIN LATERAL (
    SELECT note FROM decisions WHERE roster_change_id = c.id AND c.status IN ('returned', 'refused') ORDER BY id DESC LIMIT 1
  ) d ON true
  ORDER BY ${order}`;

type ById = [id: number, timeZone: string];

/** Proposals that wait for the lurah, the longest waiting first. */
export const changesWaiting = statement<ById>()(
  'home_changes_waiting',
  changeRow,
  changeSql(`c.kelurahan_id = $1 AND c.status = 'submitted'`, 'c.submitted_at, c.id', 8),
);

/** Proposals of the kelurahan that staff have to go on with: returned ones, and their own drafts. */
export const changesToMend = statement<[...ById, accountId: number]>()(
  'home_changes_to_mend',
  changeRow,
  changeSql(
    `c.kelurahan_id = $1 AND (c.status = 'returned' OR c.status = 'draft' AND c.maker_id = $3)`,
    'c.status DESC, c.updated_at DESC, c.id DESC',
    6,
  ),
);

/** The latest proposals about one institution. */
export const changesOfInstitution = statement<ById>()(
  'home_changes_of_institution',
  changeRow,
  changeSql('c.institution_id = $1', 'c.updated_at DESC, c.id DESC', 5),
);

const endingRow = z.strictObject({
  id: z.number(),
  name: z.string(),
  termEndsOn: z.string(),
  total: z.number(),
});

/** Institutions whose decree ends within 90 days, the nearest first. */
export const decreesEnding = statement<[kelurahanId: number, today: string]>()(
  'home_decrees_ending',
  endingRow,
  `SELECT i.id, i.name, s.term_ends_on AS "termEndsOn", count(*) OVER ()::int AS total
   FROM institution_summaries s JOIN institutions i ON i.id = s.institution_id
   WHERE s.kelurahan_id = $1 AND s.term_ends_on > $2 AND s.term_ends_on <= $2::date + 90
     AND i.status NOT IN ('dissolved', 'merged')
   ORDER BY s.term_ends_on, i.name, i.id LIMIT 6`,
);

const vacantRow = z.strictObject({
  id: z.number(),
  name: z.string(),
  seats: z.string(),
  withoutChair: z.boolean(),
  total: z.number(),
});

/**
 * Required seats that nobody holds, by institution. Where the decree has ended all seats are empty at once: those
 * institutions need a new board and are counted as such, not here.
 */
export const vacantSeats = statement<[kelurahanId: number, today: string]>()(
  'home_vacant_seats',
  vacantRow,
  `SELECT i.id, i.name, bool_or(p.is_chair) AS "withoutChair", count(*) OVER ()::int AS total,
     string_agg(COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END), ', '
       ORDER BY p.sort_order, e.number, e.id) AS seats
   FROM institution_summaries s
   JOIN institutions i ON i.id = s.institution_id AND i.status NOT IN ('dissolved', 'merged')
   JOIN seats e ON e.institution_id = i.id AND e.life @> $2::date
   JOIN position_types p ON p.id = e.position_type_id AND p.required
   WHERE s.kelurahan_id = $1 AND s.term_ends_on > $2
     AND NOT EXISTS (
       SELECT FROM tenures t WHERE t.kelurahan_id = $1 AND t.seat_id = e.id AND t.voided_at IS NULL
         AND t.start_on <= $2 AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > $2)
   GROUP BY i.id, i.name
   ORDER BY "withoutChair" DESC, i.name, i.id LIMIT 6`,
);

const exOfficioRow = z.strictObject({
  institutionId: z.number(),
  name: z.string(),
  signatory: z.string(),
});

/** Chairs by office (PKK, with the lurah) whom a former lurah appointed: the new lurah's spouse is not in office yet. */
export const exOfficioChairs = statement<[kelurahanId: number, today: string]>()(
  'home_ex_officio_chairs',
  exOfficioRow,
  `SELECT i.id AS "institutionId", i.name, b.other AS signatory
   FROM rule_breaks((SELECT COALESCE(jsonb_agg(to_jsonb(w)), '[]') FROM institution_rules w WHERE w.kind = 'ex_officio_chair'),
     $2::date, ARRAY[$1::int]) b
   JOIN institutions i ON i.id = b.institution_id
   ORDER BY i.name, i.id`,
);

const incompleteRow = z.strictObject({
  id: z.number(),
  name: z.string(),
  percent: z.number(),
  missing: z.number(),
  total: z.number(),
});

/** Institutions whose record is not complete, the emptiest first. */
export const incompleteInstitutions = statement<[kelurahanId: number]>()(
  'home_incomplete_institutions',
  incompleteRow,
  `SELECT i.id, i.name, s.percent::int AS percent, s.expected - s.filled AS missing, count(*) OVER ()::int AS total
   FROM institution_summaries s JOIN institutions i ON i.id = s.institution_id
   WHERE s.kelurahan_id = $1 AND s.filled < s.expected AND i.status NOT IN ('dissolved', 'merged')
   ORDER BY s.percent, i.name, i.id LIMIT 6`,
);

const accountsRow = z.strictObject({
  total: z.number(),
  suspended: z.number(),
  neverSignedIn: z.number(),
});

/** Accounts in use, suspended, and those that no one has signed in with yet. */
export const accountFigures = statement<[]>()(
  'home_account_figures',
  accountsRow,
  `SELECT count(*)::int AS total, count(*) FILTER (WHERE suspended_at IS NOT NULL)::int AS suspended,
     count(*) FILTER (WHERE suspended_at IS NULL AND NOT EXISTS (
       SELECT FROM audit.events e WHERE e.actor_id = a.id::text AND e.action = 'sign_in'))::int AS "neverSignedIn"
   FROM accounts a`,
);

const idleAccountRow = z.strictObject({
  id: z.number(),
  displayName: z.string(),
  username: z.string(),
});

/** The newest accounts that no one has signed in with yet. */
export const idleAccounts = statement<[]>()(
  'home_idle_accounts',
  idleAccountRow,
  `SELECT a.id, a.display_name AS "displayName", a.username FROM accounts a
   WHERE a.suspended_at IS NULL AND NOT EXISTS (
     SELECT FROM audit.events e WHERE e.actor_id = a.id::text AND e.action = 'sign_in')
   ORDER BY a.id DESC LIMIT 5`,
);

/** Excel files whose first rosters wait for the lurah of a kelurahan. */
export const importsWaiting = statement<[kelurahanId: number]>()(
  'home_imports_waiting',
  z.strictObject({ id: z.number(), fileName: z.string(), makerName: z.string() }),
  `SELECT id, file_name AS "fileName", maker_name AS "makerName" FROM import_batches
   WHERE kelurahan_id = $1 AND decision = 'waiting' AND status = 'applied' ORDER BY id DESC LIMIT 3`,
);
