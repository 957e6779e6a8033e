import type { Transaction } from '#src/database.ts';
import type { Facts, Lists } from '#src/imports/fields.ts';
import { listRulesByType } from '#src/institution-rules/repository.ts';
import type { WordedRule } from '#src/institution-rules/rules.ts';

/** The kelurahan's roster as the rows of a file are compared with it. */
export type Position = { id: number; code: string; name: string; seats: number; isChair: boolean };
export type InstitutionType = {
  id: number;
  code: string;
  name: string;
  shortName: string;
  territory: string;
  rules: readonly WordedRule[];
  positions: Position[];
};
export type Holder = {
  tenureId: number;
  personId: number;
  version: number;
  nikHex: string | null;
  facts: Facts;
};
export type Seat = {
  id: number;
  positionTypeId: number;
  name: string;
  /** The field that a cadre's seat of a Posyandu serves. */
  field: string | null;
  holder: Holder | null;
};
export type Institution = {
  id: number;
  typeId: number;
  name: string;
  rtNumber: number | null;
  rwNumber: number | null;
  /** Somebody holds or held office here: changes of officers need a decree each. */
  hasRoster: boolean;
  seats: Seat[];
};
export type Roster = {
  types: InstitutionType[];
  institutions: Institution[];
  lists: Lists & { ranks: Map<number, number>; flagged: Map<number, string> };
};

export async function readRoster(tx: Transaction, kelurahanId: number): Promise<Roster> {
  const types = await tx.institutionType.findMany({
    orderBy: { sortOrder: 'asc' },
    include: {
      positionTypes: {
        orderBy: { sortOrder: 'asc' },
        select: { id: true, code: true, name: true, seats: true, isChair: true },
      },
    },
  });
  const rules = await listRulesByType(tx);
  const education = await tx.educationLevel.findMany({ orderBy: { rank: 'asc' } });
  const occupations = await tx.occupation.findMany({ orderBy: { label: 'asc' } });
  return {
    types: types.map(({ positionTypes, ...type }) => ({
      ...type,
      rules: rules.get(type.id) ?? [],
      positions: positionTypes,
    })),
    institutions: await readInstitutions(tx, kelurahanId),
    lists: {
      education,
      occupations,
      ranks: new Map(education.map(({ code, rank }) => [code, rank])),
      flagged: new Map(
        occupations.flatMap(({ code, label, reviewFlag }) => (reviewFlag ? [[code, label]] : [])),
      ),
    },
  };
}

type SeatRow = {
  institutionId: number;
  seatId: number;
  positionTypeId: number;
  seatName: string;
  field: string | null;
  tenureId: number | null;
  personId: number;
  version: number;
  nikHex: string | null;
  facts: Facts;
};

async function readInstitutions(tx: Transaction, kelurahanId: number): Promise<Institution[]> {
  const institutions = await tx.$queryRaw<Omit<Institution, 'seats'>[]>`
    SELECT i.id, i.institution_type_id AS "typeId", i.name, i.rt_number AS "rtNumber", i.rw_number AS "rwNumber",
      EXISTS (SELECT FROM boards b WHERE b.institution_id = i.id)
        OR EXISTS (SELECT FROM tenures t WHERE t.institution_id = i.id AND t.voided_at IS NULL) AS "hasRoster"
    FROM institutions i WHERE i.kelurahan_id = ${kelurahanId} AND i.status NOT IN ('dissolved', 'merged') ORDER BY i.id`;
  const seats = await tx.$queryRaw<SeatRow[]>`
    SELECT e.institution_id AS "institutionId", e.id AS "seatId", e.position_type_id AS "positionTypeId",
      COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "seatName", service_field(e.label) AS field,
      t.id AS "tenureId", t.person_id AS "personId", q.version, encode(q.nik_index, 'hex') AS "nikHex",
      json_build_object('frontTitle', q.front_title, 'name', q.name, 'backTitle', q.back_title, 'sex', q.sex,
        'birthPlace', q.birth_place, 'birthDate', q.birth_date, 'address', q.address, 'rtNumber', q.rt_number,
        'rwNumber', q.rw_number, 'phone', q.phone, 'educationLevel', q.education_level, 'occupation', q.occupation) AS facts
    FROM seats e
    JOIN position_types p ON p.id = e.position_type_id
    LEFT JOIN tenures t ON t.seat_id = e.id AND t.voided_at IS NULL AND t.lane = 'definitive' AND t.ended_on IS NULL
    LEFT JOIN people q ON q.id = t.person_id
    WHERE e.kelurahan_id = ${kelurahanId} AND upper_inf(e.life)
    ORDER BY p.sort_order, e.number, e.id, t.start_on DESC`;
  const byInstitution = Map.groupBy(seats, ({ institutionId }) => institutionId);
  return institutions.map((institution) => ({
    ...institution,
    seats: seatsOf(byInstitution.get(institution.id) ?? []),
  }));
}

/** The latest holder of each seat comes first. */
function seatsOf(rows: SeatRow[]): Seat[] {
  const seats = new Map<number, Seat>();
  for (const { seatId, positionTypeId, seatName, field, tenureId, facts, ...person } of rows) {
    const holder = tenureId === null ? null : { tenureId, facts, ...person };
    if (!seats.has(seatId))
      seats.set(seatId, { id: seatId, positionTypeId, name: seatName, field, holder });
  }
  return [...seats.values()];
}
