import type { Transaction } from '#src/database.ts';
import type { DutyInput, NewDutyInput } from '#src/duties/form.ts';
import type { DutyKind } from '#src/duties/rules.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';

/** Somebody else wrote another version of this duty since the page was opened. */
export class DutyChanged extends Error {}

/** Where duties belong: to a type of the city, or to one institution of a kelurahan. */
export type DutyPlace = {
  typeId: number;
  typeName: string;
  institution: { id: number; name: string; kelurahanId: number } | null;
  positions: { id: number; name: string }[];
};

const positions = {
  orderBy: { sortOrder: 'asc' },
  select: { id: true, name: true },
} as const;

export function listTypes(tx: Transaction, today: string) {
  return tx.$queryRaw<{ id: number; name: string; duties: number; changedOn: string | null }[]>`
    SELECT y.id, y.name, count(d.id) FILTER (WHERE d.valid_from <= ${today}::date
        AND (d.valid_until IS NULL OR d.valid_until > ${today}::date))::int AS duties,
      (max(d.valid_from) FILTER (WHERE d.valid_from > '1945-08-17'))::text AS "changedOn"
    FROM institution_types y LEFT JOIN duties d ON d.institution_type_id = y.id AND d.institution_id IS NULL
    GROUP BY y.id ORDER BY y.sort_order`;
}

export async function getTypePlace(tx: Transaction, id: number): Promise<DutyPlace> {
  const type = await tx.institutionType.findUnique({
    where: { id },
    select: { id: true, name: true, positionTypes: positions },
  });
  if (!type) throw notFound();
  return { typeId: type.id, typeName: type.name, institution: null, positions: type.positionTypes };
}

export async function getInstitutionPlace(tx: Transaction, id: number): Promise<DutyPlace> {
  const found = await tx.institution.findUnique({
    where: { id },
    select: { id: true, name: true, kelurahanId: true, institutionTypeId: true },
  });
  if (!found) throw notFound();
  const { institutionTypeId, ...institution } = found;
  return { ...(await getTypePlace(tx, institutionTypeId)), institution };
}

/** A version with the place it belongs to and the newest version of the same duty. */
export async function getDuty(tx: Transaction, id: number) {
  const duty = await tx.duty.findUnique({ where: { id } });
  if (!duty) throw notFound();
  const place =
    duty.institutionId === null
      ? await getTypePlace(tx, duty.institutionTypeId)
      : await getInstitutionPlace(tx, duty.institutionId);
  const head = await tx.duty.findFirstOrThrow({
    where: { lineageId: duty.lineageId },
    orderBy: { id: 'desc' },
  });
  const kind = duty.kind as DutyKind;
  return {
    ...duty,
    kind,
    place,
    head: {
      ...head,
      validFrom: isoDate(head.validFrom),
      validUntil: head.validUntil && isoDate(head.validUntil),
    },
  };
}
export type Duty = Awaited<ReturnType<typeof getDuty>>;

export async function insertDuty(tx: Transaction, place: DutyPlace, input: NewDutyInput) {
  const { section, text, legalBasis, validFrom } = input;
  const isPosition = section !== 'task' && section !== 'function';
  const where = {
    institutionTypeId: place.typeId,
    kind: isPosition ? 'duty' : section,
    positionTypeId: isPosition ? Number(section) : null,
    institutionId: place.institution?.id ?? null,
  };
  const last = await tx.duty.findFirst({
    where,
    orderBy: { sortOrder: 'desc' },
    select: { sortOrder: true },
  });
  await tx.duty.create({
    data: {
      ...where,
      text,
      legalBasis,
      kelurahanId: place.institution?.kelurahanId ?? null,
      sortOrder: (last?.sortOrder ?? 0) + 1,
      validFrom: prismaDate(validFrom),
    },
    select: { id: true },
  });
}

/** The next version of a duty; what was in force until then stays as it was. */
export async function insertVersion(tx: Transaction, duty: Duty, input: DutyInput) {
  await endVersions(tx, duty, input.validFrom);
  await tx.duty.create({
    data: {
      institutionTypeId: duty.institutionTypeId,
      positionTypeId: duty.positionTypeId,
      institutionId: duty.institutionId,
      kelurahanId: duty.kelurahanId,
      kind: duty.kind,
      firstId: duty.lineageId,
      sortOrder: duty.head.sortOrder,
      text: input.text,
      legalBasis: input.legalBasis,
      validFrom: prismaDate(input.validFrom),
    },
    select: { id: true },
  });
}

/** Nothing of the duty holds from that day on. Waits for another editor, then looks whether there was one. */
export async function endVersions(tx: Transaction, duty: Duty, day: string): Promise<number> {
  const ended = await tx.$executeRaw`
    UPDATE duties SET valid_until = GREATEST(valid_from, ${day}::date)
    WHERE lineage_id = ${duty.lineageId} AND (valid_until IS NULL OR valid_until > ${day}::date)`;
  const newer = await tx.duty.count({ where: { lineageId: duty.lineageId, id: { gt: duty.id } } });
  if (newer > 0) throw new DutyChanged();
  return ended;
}

/** Gives the duties of one section their places again, in the order of the lineages given. */
export async function saveOrder(tx: Transaction, lineageIds: readonly number[]) {
  await tx.$executeRaw`
    UPDATE duties d SET sort_order = o.place
    FROM unnest(${[...lineageIds]}::int[]) WITH ORDINALITY AS o (lineage_id, place)
    WHERE d.lineage_id = o.lineage_id AND d.sort_order <> o.place`;
}
