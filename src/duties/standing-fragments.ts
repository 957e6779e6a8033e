import { Prisma } from '#src/generated/prisma/client.ts';

/** The fragments that every statement about confirmations shares. */

/** `officer`: tenures in office that have duties at all, with the versions in force and the latest confirmation. */
export const asked = (today: string, where: Prisma.Sql) => Prisma.sql`
  WITH of_type AS MATERIALIZED (
    SELECT p.id AS position_type_id, array_agg(d.id ORDER BY d.id) AS ids
    FROM position_types p
    JOIN duties d ON d.institution_type_id = p.institution_type_id AND d.institution_id IS NULL
      AND (d.position_type_id IS NULL OR d.position_type_id = p.id) AND ${inForce(today)}
    GROUP BY p.id
  ), of_institution AS MATERIALIZED (
    SELECT d.institution_id, p.id AS position_type_id, array_agg(d.id) AS ids
    FROM duties d
    JOIN position_types p ON p.institution_type_id = d.institution_type_id
      AND (d.position_type_id IS NULL OR d.position_type_id = p.id)
    WHERE d.institution_id IS NOT NULL AND ${inForce(today)}
    GROUP BY 1, 2
  ), asked AS (
    SELECT t.id, t.institution_id, t.kelurahan_id, t.position_type_id, CASE WHEN l.ids IS NULL THEN y.ids
      ELSE (SELECT array_agg(x ORDER BY x) FROM unnest(COALESCE(y.ids, '{}') || l.ids) AS x) END AS ids
    FROM tenures t
    JOIN institutions g ON g.id = t.institution_id AND g.status NOT IN ('dissolved', 'merged')
    LEFT JOIN of_type y ON y.position_type_id = t.position_type_id
    LEFT JOIN of_institution l ON l.institution_id = t.institution_id AND l.position_type_id = t.position_type_id
    WHERE t.voided_at IS NULL AND t.start_on <= ${today}::date
      AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${today}::date
      AND (y.ids IS NOT NULL OR l.ids IS NOT NULL) AND ${where}
  ), officer AS (
    SELECT a.*, c.id AS confirmation_id,
      CASE WHEN c.id IS NULL THEN 'never' WHEN c.duty_ids = a.ids THEN 'confirmed' ELSE 'again' END AS standing
    FROM asked a
    LEFT JOIN LATERAL (
      SELECT c.id, c.duty_ids FROM duty_confirmations c WHERE c.tenure_id = a.id AND c.voided_at IS NULL
      ORDER BY c.confirmed_on DESC, c.id DESC LIMIT 1
    ) c ON true
  )`;

export const inForce = (today: string) =>
  Prisma.sql`d.valid_from <= ${today}::date AND (d.valid_until IS NULL OR d.valid_until > ${today}::date)`;

/** The columns of a standing, joined to `officer` or to some of its rows alone. */
export const described = (officers = Prisma.sql`officer`) => Prisma.sql`
  SELECT t.id AS "tenureId", q.id AS "personId", concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS "personName",
    COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "seatName", t.kind,
    p.id AS "positionTypeId", i.id AS "institutionId", i.name AS "institutionName", g.short_name AS "typeName",
    k.name AS "kelurahanName", q.phone, t.start_on::text AS "startOn", o.ids AS "dutyIds", o.standing, c.id AS "confirmationId",
    c.duty_ids AS "confirmedIds", c.confirmed_on::text AS "confirmedOn", c.means, c.confirmed_by_name AS "confirmedByName"
  FROM ${officers} o
  JOIN tenures t ON t.id = o.id
  JOIN people q ON q.id = t.person_id
  JOIN seats e ON e.id = t.seat_id
  JOIN position_types p ON p.id = t.position_type_id
  JOIN institutions i ON i.id = t.institution_id
  JOIN institution_types g ON g.id = t.institution_type_id
  JOIN kelurahan k ON k.id = t.kelurahan_id
  LEFT JOIN duty_confirmations c ON c.id = o.confirmation_id`;
