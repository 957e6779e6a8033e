import type { Actor, SignedInAccount } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { recapReads, type InstitutionRow, type OfficerRow } from '#src/reports/figures.ts';
import { kecamatanNames, placesOf, typeNames } from '#src/reports/places.ts';
import type { Figures } from '#src/reports/rules.ts';
import type { Scope } from '#src/reports/scope.ts';
import { coverageOf } from '#src/training-coverage/statements.ts';

export type RecapRow = Figures & { placeId: number; typeId: number };

/** Everything a recap shows, in one round trip; a place outside the account's scope is not found. */
export async function readReport(
  { actor, account }: { actor: Actor; account: SignedInAccount },
  scope: Scope,
  today: string,
) {
  const [types, kecamatan, places, institutions, officers, coverage] = await readAs(
    actor,
    typeNames(),
    kecamatanNames(account.kecamatanId),
    placesOf(scope),
    ...recapReads(scope, today),
    coverageOf(scope, today),
  );
  const own = places.find(({ isScope }) => isScope) ?? null;
  const isForeign =
    scope.level === 'kecamatan' && account.kecamatanId !== null && own?.id !== account.kecamatanId;
  if (isForeign || (own === null && scope.level !== 'city')) throw notFound();
  return { types, kecamatan, own, places, rows: joinRecap(institutions, officers), coverage };
}
export type Report = Awaited<ReturnType<typeof readReport>>;

/** Officers beside institutions: a chair is vacant where no officer in office today sits on it. */
export function joinRecap(
  institutions: readonly InstitutionRow[],
  officers: readonly OfficerRow[],
): RecapRow[] {
  const byKey = new Map(officers.map((row) => [keyOf(row), row]));
  return institutions.map((row) => {
    const found = byKey.get(keyOf(row));
    return {
      ...row,
      officers: found?.officers ?? 0,
      women: found?.women ?? 0,
      vacantChairs: row.institutions - (found?.chairs ?? 0),
    };
  });
}

const keyOf = (row: { placeId: number; typeId: number }) => `${row.placeId}:${row.typeId}`;
