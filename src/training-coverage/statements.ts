import { z } from 'zod';
import { statement } from '#src/database.ts';
import { byPlace, inKelurahan, type OfPlace } from '#src/reports/by-place.ts';

const coverageRow = z.strictObject({
  placeId: z.number(),
  typeId: z.number(),
  officers: z.number(),
  recent: z.number(),
  older: z.number(),
});
export type CoverageRow = z.output<typeof coverageRow>;

/** Read once, because people hold more than one office. */
const trained = `trained AS MATERIALIZED (SELECT person_id, at FROM last_trained())`;

const counts = `count(*)::int AS officers, count(*) FILTER (WHERE d.at >= $1::date - interval '12 months')::int AS recent,
  count(*) FILTER (WHERE d.at < $1::date - interval '12 months')::int AS older`;
const inOffice = `t.voided_at IS NULL AND t.start_on <= $1 AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > $1`;
const isAlive = `n.status NOT IN ('dissolved', 'merged')`;

const coverageSql = (placeId: string, inScope: string) => `WITH ${trained}
  SELECT k.${placeId} AS "placeId", o.institution_type_id AS "typeId", sum(o.officers)::int AS officers, sum(o.recent)::int AS recent,
    sum(o.older)::int AS older
  FROM (
    SELECT t.kelurahan_id, t.institution_id, t.institution_type_id, ${counts}
    FROM tenures t LEFT JOIN trained d ON d.person_id = t.person_id
    WHERE ${inOffice} ${inScope && `AND t.kelurahan_id = ANY (ARRAY(${inScope}))`}
    GROUP BY 1, 2, 3
  ) o
  JOIN institutions n ON n.id = o.institution_id AND ${isAlive}
  JOIN kelurahan k ON k.id = o.kelurahan_id
  GROUP BY 1, 2`;

/**
 * Who of the officers in office was trained, by place and type. Trained is whoever was present or late, themselves and
 * not by a delegate, in at least one session of a training that is running or finished; `recent` in the last 12 months.
 */
export const coverageOf = byPlace('training_coverage', coverageRow, coverageSql);

const institutionRow = z.strictObject({
  id: z.number(),
  name: z.string(),
  typeId: z.number(),
  officers: z.number(),
  recent: z.number(),
  older: z.number(),
  lastAt: z.date().nullable(),
});
export type CoveredInstitution = z.output<typeof institutionRow>;

/** The institutions of one kelurahan, also those without officers. */
export const coverageOfInstitutions = statement<OfPlace>()(
  'training_coverage_institutions',
  institutionRow,
  `WITH ${trained}
   SELECT n.id, n.name, n.institution_type_id AS "typeId", COALESCE(o.officers, 0) AS officers, COALESCE(o.recent, 0) AS recent,
     COALESCE(o.older, 0) AS older, o.at AS "lastAt"
   FROM institutions n
   JOIN institution_types y ON y.id = n.institution_type_id
   LEFT JOIN (
     SELECT t.institution_id, max(d.at) AS at, ${counts}
     FROM tenures t LEFT JOIN trained d ON d.person_id = t.person_id
     WHERE ${inOffice} AND t.kelurahan_id = ANY (ARRAY(${inKelurahan}))
     GROUP BY 1
   ) o ON o.institution_id = n.id
   WHERE n.kelurahan_id = ANY (ARRAY(${inKelurahan})) AND ${isAlive}
   ORDER BY y.sort_order, n.rw_number, n.rt_number, n.name, n.id`,
);

const officerRow = z.strictObject({
  personId: z.number(),
  name: z.string(),
  position: z.string(),
  trainingId: z.number().nullable(),
  title: z.string().nullable(),
  lastAt: z.date().nullable(),
});

/** The officers of an institution in office on the day, each with the last training they came to. */
export const trainedOfficers = statement<[institutionId: number, today: string]>()(
  'trained_officers',
  officerRow,
  `SELECT t.person_id AS "personId", concat_ws(' ', p.front_title, p.name::text) || COALESCE(', ' || p.back_title, '') AS name,
     CASE WHEN t.lane = 'acting' THEN 'Plt. ' ELSE '' END
       || COALESCE(e.label, CASE WHEN e.number > 1 THEN y.name || ' ' || e.number ELSE y.name END) AS position,
     d.id AS "trainingId", d.title, d.at AS "lastAt"
   FROM tenures t
   JOIN people p ON p.id = t.person_id
   JOIN seats e ON e.id = t.seat_id
   JOIN position_types y ON y.id = t.position_type_id
   LEFT JOIN LATERAL (
     SELECT r.id, r.title, s.starts_at AS at
     FROM training_invitations i
     JOIN attendances a ON a.invitation_id = i.id
     JOIN trainings r ON r.id = i.training_id
     JOIN training_sessions s ON s.id = a.session_id
     WHERE i.person_id = t.person_id AND r.status IN ('running', 'finished') AND a.status IN ('present', 'late')
       AND i.answer IS DISTINCT FROM 'delegated'
     ORDER BY s.starts_at DESC LIMIT 1) d ON true
   WHERE t.institution_id = $1 AND t.voided_at IS NULL AND t.valid @> $2::date
   ORDER BY y.sort_order, e.number, t.id`,
);
