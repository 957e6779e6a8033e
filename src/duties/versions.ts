import { z } from 'zod';
import { dutyKinds } from '#src/duties/rules.ts';
import { inForce } from '#src/duties/standing-fragments.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import { readOf } from '#src/queries.ts';

/** Versions of duties as pages show them. */

const versionRow = z.strictObject({
  id: z.number(),
  lineageId: z.number(),
  kind: z.enum(dutyKinds),
  text: z.string(),
  legalBasis: z.string(),
  positionTypeId: z.number().nullable(),
  positionName: z.string().nullable(),
  isLocal: z.boolean(),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
  sortOrder: z.number(),
});

const versionColumns = Prisma.sql`
  SELECT d.id, d.lineage_id AS "lineageId", d.kind, d.text, d.legal_basis AS "legalBasis", p.id AS "positionTypeId",
    p.name AS "positionName", d.institution_id IS NOT NULL AS "isLocal", d.valid_from::text AS "validFrom",
    d.valid_until::text AS "validUntil", d.sort_order AS "sortOrder"
  FROM duties d LEFT JOIN position_types p ON p.id = d.position_type_id`;
const inOrder = Prisma.sql`ORDER BY p.sort_order NULLS FIRST, d.kind DESC, d.institution_id NULLS FIRST, d.sort_order, d.id`;

/** Versions by their ids, whether they still hold or not. */
export const versionsById = (ids: readonly number[]) =>
  readOf(
    'duty_versions_by_id',
    versionRow,
    Prisma.sql`${versionColumns} WHERE d.id = ANY (${ids}::int[]) ${inOrder}`,
  );

/** What holds in one institution on a day: the duties of its type and its own. */
export const dutiesInForce = (institutionId: number, today: string) =>
  readOf(
    'duty_versions_in_force',
    versionRow,
    Prisma.sql`${versionColumns}
      WHERE d.institution_type_id = (SELECT institution_type_id FROM institutions WHERE id = ${institutionId})
        AND (d.institution_id IS NULL OR d.institution_id = ${institutionId}) AND ${inForce(today)} ${inOrder}`,
  );

/** Every version of the duties of a type. */
export const versionsOfType = (typeId: number) =>
  readOf(
    'duty_versions_of_type',
    versionRow,
    Prisma.sql`${versionColumns} WHERE d.institution_type_id = ${typeId} AND d.institution_id IS NULL ${inOrder}`,
  );

/** Every version of one duty, the newest first. */
export const versionsOfLineage = (id: number) =>
  readOf(
    'duty_versions_of_lineage',
    versionRow,
    Prisma.sql`${versionColumns}
      WHERE d.lineage_id = (SELECT lineage_id FROM duties WHERE id = ${id}) ORDER BY d.id DESC`,
  );
