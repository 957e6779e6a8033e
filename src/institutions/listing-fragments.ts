import { addDays } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import type { InstitutionFilter } from '#src/institutions/form.ts';
import {
  daysOfWarning,
  type InstitutionOrder,
  type InstitutionStatus,
} from '#src/institutions/rules.ts';
import { escapeLike, ofTypeAndPlace, typeAndPlaceIn } from '#src/queries.ts';

/** The fixed fragments that statements of the list are made of: joins, conditions and orders of a filter. */

export type Applied = Omit<InstitutionFilter, 'urut' | 'halaman'> & {
  urut: InstitutionOrder;
  today: string;
};

export function summaryJoin(filter: Applied): Prisma.Sql {
  const byTerm =
    filter.status?.startsWith('sk-') || filter.status === 'belum-ada-sk' || filter.bulan !== null;
  const sorted = isBy(filter, 'masa-bakti') || isBy(filter, 'kelengkapan');
  return byTerm || sorted
    ? Prisma.sql`JOIN institution_summaries s ON s.institution_id = i.id`
    : Prisma.empty;
}

export const isBy = ({ urut }: Applied, order: InstitutionOrder) =>
  urut === order || urut === `-${order}`;

export function conditionsOf(filter: Applied): Prisma.Sql {
  const { cari, bulan } = filter;
  const conditions = [statusCondition(filter.status, filter.today), ...ofTypeAndPlace('i', filter)];
  if (cari !== null) conditions.push(Prisma.sql`i.name ILIKE '%' || ${escapeLike(cari)} || '%'`);
  if (bulan !== null) {
    conditions.push(
      Prisma.sql`s.term_ends_on > ${`${bulan}-01`}::date AND s.term_ends_on <= (${`${bulan}-01`}::date + interval '1 month')::date`,
    );
  }
  return Prisma.join(conditions, ' AND ');
}

function statusCondition(status: InstitutionStatus | null, today: string): Prisma.Sql {
  const alive = Prisma.sql`i.status NOT IN ('dissolved', 'merged')`;
  switch (status) {
    case null:
      return alive;
    case 'sk-berlaku':
      return Prisma.sql`${alive} AND s.term_ends_on > ${today}::date`;
    case 'sk-segera':
      return Prisma.sql`${alive} AND s.term_ends_on > ${today}::date AND s.term_ends_on <= ${addDays(today, daysOfWarning)}::date`;
    case 'sk-berakhir':
      return Prisma.sql`${alive} AND s.term_ends_on <= ${today}::date`;
    case 'belum-ada-sk':
      return Prisma.sql`${alive} AND s.term_ends_on IS NULL`;
    case 'ketua-kosong':
      return Prisma.sql`${alive} AND NOT EXISTS (
        SELECT FROM tenures t WHERE t.institution_id = i.id AND t.position_type_id = ${chairPositions} AND t.voided_at IS NULL AND t.valid @> ${today}::date)`;
    case 'tidak-aktif':
      return Prisma.sql`i.status IN ('dormant', 'dissolved', 'merged')`;
  }
}

/** Asked once a statement; as a join the planner may read the position types again for every tenure. */
export const chairPositions = Prisma.sql`ANY (ARRAY(SELECT id FROM position_types WHERE is_chair))`;

/**
 * A local list and a search of three letters or more sort by an expression, which no index gives: otherwise the planner
 * walks the city in order and tests each one, half a million of them when few match.
 */
export function orderOf({ urut, cari }: Applied, { isLocal }: { isLocal: boolean }): Prisma.Sql {
  const isSorted = isLocal || (cari?.length ?? 0) >= 3;
  return (isSorted ? sortedOrders[urut] : undefined) ?? orders[urut];
}

const orders: Record<InstitutionOrder, Prisma.Sql> = {
  nama: Prisma.sql`i.name, i.id`,
  '-nama': Prisma.sql`i.name DESC, i.id DESC`,
  jenis: Prisma.sql`y.sort_order, i.name, i.id`,
  '-jenis': Prisma.sql`y.sort_order DESC, i.name DESC, i.id DESC`,
  kelurahan: Prisma.sql`k.name, k.id, i.name, i.id`,
  '-kelurahan': Prisma.sql`k.name DESC, k.id DESC, i.name DESC, i.id DESC`,
  'masa-bakti': Prisma.sql`s.term_ends_on, s.institution_id`,
  '-masa-bakti': Prisma.sql`s.term_ends_on DESC, s.institution_id DESC`,
  kelengkapan: Prisma.sql`s.percent, s.institution_id`,
  '-kelengkapan': Prisma.sql`s.percent DESC, s.institution_id DESC`,
};

const sortedOrders: Partial<Record<InstitutionOrder, Prisma.Sql>> = {
  nama: Prisma.sql`(i.name || ''), i.id`,
  '-nama': Prisma.sql`(i.name || '') DESC, i.id DESC`,
  'masa-bakti': Prisma.sql`(s.term_ends_on + 0), s.institution_id`,
  '-masa-bakti': Prisma.sql`(s.term_ends_on + 0) DESC, s.institution_id DESC`,
  kelengkapan: Prisma.sql`(s.percent + 0), s.institution_id`,
  '-kelengkapan': Prisma.sql`(s.percent + 0) DESC, s.institution_id DESC`,
};

/** Which fragments a statement is made of: its name as a prepared statement. */
export function variantOf(filter: Applied): string {
  const search = filter.cari === null ? '' : filter.cari.length >= 3 ? 'search' : 'short';
  const used = [...typeAndPlaceIn(filter), filter.bulan && 'month'];
  return [filter.urut, filter.status, search, ...used].filter(Boolean).join(' ');
}
