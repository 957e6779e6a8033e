import type { Transaction } from '#src/database.ts';

/** Officers who may be invited: in office on the day, in kelurahan that the training reaches. */

export type Candidate = {
  tenureId: number;
  kelurahanId: number;
  institutionId: number;
  seatId: number;
  personId: number;
  name: string;
  sortName: string;
  sex: 'L' | 'P';
  positionName: string;
  institutionName: string;
  kelurahanName: string;
  phone: string | null;
  /** Their seat or they themselves are on the list already. */
  isListed: boolean;
};

/** Each of the lists narrows; one that is not given lets everybody through. */
export type Choice = {
  trainingId: number;
  /** Calendar date on which they hold office. */
  day: string;
  kelurahanIds?: readonly number[];
  positionTypeIds?: readonly number[];
  institutionIds?: readonly number[];
  tenureIds?: readonly number[];
  /** Leaves out whoever was trained since this day, as the coverage counts it ("belum dilatih 12 bulan"). */
  untrainedSince?: string | null;
};

/**
 * In the order of a list: kelurahan, type, institution, position. One for each seat (whoever acts in it comes before its
 * holder) and one for each person (their highest office).
 */
export function chosenOfficers(tx: Transaction, choice: Choice): Promise<Candidate[]> {
  const { trainingId, day, untrainedSince = null } = choice;
  return tx.$queryRaw<Candidate[]>`
    WITH seated AS (
      SELECT DISTINCT ON (t.seat_id) t.id, t.kelurahan_id, t.institution_id, t.institution_type_id, t.position_type_id,
        t.seat_id, t.person_id, t.kind, r.id AS training_id
      FROM trainings r
      JOIN tenures t ON t.kelurahan_id = ANY (r.kelurahan_ids)
      JOIN institutions i ON i.id = t.institution_id
      WHERE r.id = ${trainingId} AND t.voided_at IS NULL AND t.valid @> ${day}::date
        AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${day}::date
        AND i.status NOT IN ('dissolved', 'merged')
        AND (${ids(choice.kelurahanIds)}::int[] IS NULL OR t.kelurahan_id = ANY (${ids(choice.kelurahanIds)}::int[]))
        AND (${ids(choice.positionTypeIds)}::int[] IS NULL OR t.position_type_id = ANY (${ids(choice.positionTypeIds)}::int[]))
        AND (${ids(choice.institutionIds)}::int[] IS NULL OR t.institution_id = ANY (${ids(choice.institutionIds)}::int[]))
        AND (${ids(choice.tenureIds)}::int[] IS NULL OR t.id = ANY (${ids(choice.tenureIds)}::int[]))
        AND (${untrainedSince}::date IS NULL OR t.person_id NOT IN (
          SELECT l.person_id FROM last_trained() l WHERE l.at >= ${untrainedSince}::date))
      ORDER BY t.seat_id, t.lane, t.id
    ), listed AS (
      SELECT DISTINCT ON (s.person_id) s.*, g.sort_order AS type_order, p.sort_order AS position_order, p.name AS position_name,
        e.number, e.label
      FROM seated s
      JOIN seats e ON e.id = s.seat_id
      JOIN position_types p ON p.id = s.position_type_id
      JOIN institution_types g ON g.id = s.institution_type_id
      ORDER BY s.person_id, p.sort_order, g.sort_order, s.id
    )
    SELECT l.id AS "tenureId", l.kelurahan_id AS "kelurahanId", l.institution_id AS "institutionId", l.seat_id AS "seatId",
      l.person_id AS "personId", left(concat_ws(' ', q.front_title, q.name::text) || COALESCE(', ' || q.back_title, ''), 160) AS name,
      q.name::text AS "sortName", CASE q.sex WHEN 'male' THEN 'L' ELSE 'P' END AS sex,
      CASE WHEN l.kind IN ('acting', 'caretaker') THEN 'Plt. ' ELSE '' END
        || COALESCE(l.label, CASE WHEN l.number > 1 THEN l.position_name || ' ' || l.number ELSE l.position_name END) AS "positionName",
      i.name AS "institutionName", k.name AS "kelurahanName", q.phone,
      EXISTS (SELECT FROM training_invitations v WHERE v.training_id = l.training_id AND (v.seat_id = l.seat_id OR v.person_id = l.person_id)) AS "isListed"
    FROM listed l
    JOIN people q ON q.id = l.person_id
    JOIN institutions i ON i.id = l.institution_id
    JOIN kelurahan k ON k.id = l.kelurahan_id
    ORDER BY k.name, l.type_order, i.rw_number, i.rt_number, i.name, i.id, l.position_order, l.number`;
}

const ids = (list?: readonly number[]) => (list ? [...list] : null);
