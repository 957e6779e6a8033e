import type { Transaction } from '#src/database.ts';
import type { Facts, Lists } from '#src/imports/fields.ts';
import { today } from '#src/format.ts';
import { listRulesByType } from '#src/institution-rules/repository.ts';
import type { WordedRule } from '#src/institution-rules/rules.ts';
import { listKecamatanCodes } from '#src/people/repository.ts';

/** The kelurahan's roster as the rows of a file are compared with it. */
export type Position = { id: number; code: string; name: string; seats: number; isChair: boolean };
export type InstitutionType = {
  id: number;
  code: string;
  name: string;
  shortName: string;
  territory: string;
  parentTypeId: number | null;
  rules: readonly WordedRule[];
  positions: Position[];
};
export type Holder = {
  tenureId: number;
  personId: number;
  version: number;
  nikHex: string | null;
  facts: Facts;
  office: Office;
};
/** By which decree and for which days somebody holds a seat, as recorded. */
export type Office = {
  decreeNumber: string | null;
  decreedOn: string | null;
  startOn: string;
  /** The last day in office, or null while none is set. */
  lastDay: string | null;
  /** Null where the office does not count as a term. */
  termNumber: number | null;
};
export type Seat = {
  id: number;
  positionTypeId: number;
  name: string;
  /** The field that a cadre's seat of a Posyandu serves. */
  field: string | null;
  holder: Holder | null;
  /** Whoever is appointed already and begins later. */
  successors: Holder[];
  /** Whoever stands in for the time being, and then whoever does so later. */
  acting: Holder[];
};
export type Institution = {
  id: number;
  typeId: number;
  name: string;
  rtNumber: number | null;
  rwNumber: number | null;
  /** Somebody holds or held office here, and not only stands in: changes of officers need a decree each. */
  hasRoster: boolean;
  boards: Board[];
  seats: Seat[];
};
/** The day after the last day, or null while none is set. */
export type Board = { startsOn: string; endsOn: string | null };
export type Roster = {
  types: InstitutionType[];
  institutions: Institution[];
  lists: Lists & { ranks: Map<number, number>; flagged: Map<number, string> };
  /** Codes of the kecamatan that people's NIK are expected to be of, such as '35.74.04'. */
  kecamatanCodes: string[];
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
    kecamatanCodes: await listKecamatanCodes(tx, [kelurahanId]),
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
  office: Office;
  lane: 'definitive' | 'acting';
  hasBegun: boolean;
};

async function readInstitutions(tx: Transaction, kelurahanId: number): Promise<Institution[]> {
  const institutions = await tx.$queryRaw<Omit<Institution, 'seats'>[]>`
    SELECT i.id, i.institution_type_id AS "typeId", i.name, i.rt_number AS "rtNumber", i.rw_number AS "rwNumber",
      EXISTS (SELECT FROM boards b WHERE b.institution_id = i.id)
        OR EXISTS (SELECT FROM tenures t WHERE t.institution_id = i.id AND t.voided_at IS NULL AND t.lane = 'definitive') AS "hasRoster",
      COALESCE((SELECT json_agg(json_build_object('startsOn', b.starts_on, 'endsOn', b.ends_on)) FROM boards b
        WHERE b.institution_id = i.id), '[]') AS boards
    FROM institutions i WHERE i.kelurahan_id = ${kelurahanId} AND i.status NOT IN ('dissolved', 'merged') ORDER BY i.id`;
  const seats = await tx.$queryRaw<SeatRow[]>`
    SELECT e.institution_id AS "institutionId", e.id AS "seatId", e.position_type_id AS "positionTypeId",
      COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "seatName", service_field(e.label) AS field,
      t.id AS "tenureId", t.person_id AS "personId", q.version, encode(q.nik_index, 'hex') AS "nikHex",
      json_build_object('frontTitle', q.front_title, 'name', q.name, 'backTitle', q.back_title, 'sex', q.sex,
        'birthPlace', q.birth_place, 'birthDate', q.birth_date, 'address', q.address, 'rtNumber', q.rt_number,
        'rwNumber', q.rw_number, 'phone', q.phone, 'educationLevel', q.education_level, 'occupation', q.occupation) AS facts,
      json_build_object('decreeNumber', d.number, 'decreedOn', d.decreed_on, 'startOn', t.start_on,
        'lastDay', COALESCE(t.ended_on, t.planned_end_on) - 1, 'termNumber', t.term_number) AS office,
      t.lane, t.start_on <= ${today()}::date AS "hasBegun"
    FROM seats e
    JOIN position_types p ON p.id = e.position_type_id
    LEFT JOIN tenures t ON t.seat_id = e.id AND t.voided_at IS NULL AND (t.ended_on IS NULL OR t.ended_on > ${today()}::date)
      AND (t.lane = 'definitive' OR t.planned_end_on IS NULL OR t.planned_end_on > ${today()}::date)
    LEFT JOIN people q ON q.id = t.person_id
    LEFT JOIN decrees d ON d.id = t.appointing_decree_id
    WHERE e.kelurahan_id = ${kelurahanId} AND upper_inf(e.life)
    ORDER BY p.sort_order, e.number, e.id, t.start_on DESC`;
  const byInstitution = Map.groupBy(seats, ({ institutionId }) => institutionId);
  return institutions.map((institution) => ({
    ...institution,
    seats: seatsOf(byInstitution.get(institution.id) ?? []),
  }));
}

/** Of those who have begun the latest comes first: whoever held the seat before them holds it no more. */
function seatsOf(rows: SeatRow[]): Seat[] {
  return [...Map.groupBy(rows, ({ seatId }) => seatId).values()].flatMap((tenures) => {
    const [first] = tenures;
    if (!first) return [];
    const held = tenures.filter(({ tenureId }) => tenureId !== null);
    const definitive = held.filter(({ lane }) => lane === 'definitive');
    const acting = held.filter(({ lane }) => lane === 'acting').toReversed();
    const current = definitive.find(({ hasBegun }) => hasBegun) ?? null;
    return {
      id: first.seatId,
      positionTypeId: first.positionTypeId,
      name: first.seatName,
      field: first.field,
      holder: current && holderOf(current),
      successors: definitive.filter(({ hasBegun }) => !hasBegun).map(holderOf),
      acting: acting.map(holderOf),
    };
  });
}

const holderOf = ({ tenureId, personId, version, nikHex, facts, office }: SeatRow): Holder => ({
  tenureId: tenureId ?? 0,
  personId,
  version,
  nikHex,
  facts,
  office,
});
