import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { commonRules } from '#src/institution-rules/settings.ts';
import educationLevels from '../../prisma/reference/education-levels.json' with { type: 'json' };
import institutionTypes from '../../prisma/reference/institution-types.json' with { type: 'json' };
import occupations from '../../prisma/reference/occupations.json' with { type: 'json' };

/** Adds what is missing of the types, rules, positions, duties, education levels and occupations; changes nothing that is there. */
export async function loadReferenceData(): Promise<void> {
  await asActor(systemActor('reference-data'), async (tx) => {
    // Several processes may start at once, and duties have no key that would keep them apart.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('portal reference data'))::text`;
    await tx.educationLevel.createMany({ data: educationLevels, skipDuplicates: true });
    await tx.occupation.createMany({ data: occupations, skipDuplicates: true });
    await insertTypes(tx);
    await insertRules(tx);
    await insertPositions(tx);
  });
}

type TypeSource = (typeof institutionTypes)[number];

async function insertTypes(tx: Transaction): Promise<void> {
  const present = new Set((await typeIds(tx)).keys());
  const missing = institutionTypes.filter(({ code }) => !present.has(code));
  if (missing.length === 0) return;

  // A parent has its id before its children name it.
  await createTypes(
    tx,
    missing.filter(({ parent }) => parent === null),
  );
  await createTypes(
    tx,
    missing.filter(({ parent }) => parent !== null),
  );
  await insertTypeDuties(tx, missing);
}

async function createTypes(tx: Transaction, types: TypeSource[]): Promise<void> {
  const ids = await typeIds(tx);
  await tx.institutionType.createMany({
    data: types.map(({ code, name, shortName, category, territory, parent, legalBasis }) => ({
      code,
      name,
      shortName,
      category,
      territory,
      legalBasis,
      parentTypeId: parent === null ? null : getId(ids, parent),
      sortOrder: institutionTypes.findIndex((type) => type.code === code) + 1,
    })),
  });
}

/** Every type has the common rules, switched off where the source says nothing, so that an administrator finds them. */
async function insertRules(tx: Transaction): Promise<void> {
  const ids = await typeIds(tx);
  const rules = institutionTypes.flatMap(({ code, rules: given }) => {
    const institutionTypeId = getId(ids, code);
    const kinds = new Set<string>(given.map(({ kind }) => kind));
    const unset = commonRules.filter((kind) => !kinds.has(kind));
    return [
      ...given.map((rule) => ({
        institutionTypeId,
        ...rule,
        holdsFrom: prismaDate(rule.holdsFrom),
      })),
      ...unset.map((kind) => ({ institutionTypeId, kind })),
    ];
  });
  await tx.institutionRule.createMany({ data: rules, skipDuplicates: true });
}

async function insertTypeDuties(tx: Transaction, types: TypeSource[]): Promise<void> {
  const ids = await typeIds(tx);
  const duties = types.flatMap(({ code, tasks, functions }) =>
    (['task', 'function'] as const).flatMap((kind) => {
      const { legalBasis, items } = kind === 'task' ? tasks : functions;
      return items.map((text, index) => ({
        institutionTypeId: getId(ids, code),
        kind,
        text,
        legalBasis,
        sortOrder: index + 1,
      }));
    }),
  );
  await tx.duty.createMany({ data: duties });
}

async function insertPositions(tx: Transaction): Promise<void> {
  const ids = await typeIds(tx);
  const wanted = institutionTypes.flatMap(({ code: typeCode, dutiesLegalBasis, positions }) =>
    positions.map((position, index) => ({
      ...position,
      institutionTypeId: getId(ids, typeCode),
      sortOrder: index + 1,
      legalBasis: dutiesLegalBasis,
    })),
  );
  const positions = await tx.positionType.createManyAndReturn({
    data: wanted.map(({ duties: _duties, legalBasis: _legalBasis, ...position }) => position),
    skipDuplicates: true,
    select: { id: true, code: true, institutionTypeId: true },
  });
  if (positions.length === 0) return;

  const duties = positions.flatMap(({ id, code, institutionTypeId }) => {
    const source = wanted.find(
      (position) => position.code === code && position.institutionTypeId === institutionTypeId,
    );
    return (source?.duties ?? []).map((text, index) => ({
      institutionTypeId,
      positionTypeId: id,
      kind: 'duty',
      text,
      sortOrder: index + 1,
      legalBasis: source?.legalBasis ?? '',
    }));
  });
  await tx.duty.createMany({ data: duties });
}

async function typeIds(tx: Transaction): Promise<Map<string, number>> {
  const types = await tx.institutionType.findMany({ select: { id: true, code: true } });
  return new Map(types.map(({ id, code }) => [code, id]));
}

function getId(ids: Map<string, number>, code: string): number {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`There is no institution type ${code}`);
  return id;
}
