import type { RecapRow, Report } from '#src/reports/repository.ts';
import type { Scope } from '#src/reports/scope.ts';
import type { CoverageRow, CoveredInstitution } from '#src/training-coverage/statements.ts';
import { type Coverage, coverageSum, shownCoverage } from '#src/training-coverage/rules.ts';

/** The tables of the page and the rows of its file. */

export const ofType = <Row extends { typeId: RecapRow['typeId'] }>(
  rows: readonly Row[],
  typeId: number | null,
) => (typeId === null ? [...rows] : rows.filter((row) => row.typeId === typeId));

/** Each place inside the scope, also those where nobody was trained. */
export function byPlace(
  { places }: Report,
  rows: readonly CoverageRow[],
  { level }: Scope,
  type: string | null,
) {
  const name = level === 'city' ? 'kecamatan' : 'kelurahan';
  const narrowed = type === null ? '' : `&jenis=${type}`;
  return places
    .filter(({ isScope }) => !isScope)
    .map(({ id, code, name: label }) =>
      shownCoverage(
        label,
        `/laporan/pelatihan?${name}=${code}${narrowed}`,
        coverageSum(rows.filter(({ placeId }) => placeId === id)),
      ),
    );
}

/** Each type that has officers in the scope, in the order of the types. */
export function byType({ types, own }: Report, rows: readonly CoverageRow[], { level }: Scope) {
  const place = own === null || level === 'city' ? '' : `${level}=${own.code}&`;
  return types.flatMap(({ id, code, shortName }) => {
    const found = rows.filter(({ typeId }) => typeId === id);
    return found.length === 0
      ? []
      : [shownCoverage(shortName, `/laporan/pelatihan?${place}jenis=${code}`, coverageSum(found))];
  });
}

export const byInstitution = (rows: readonly CoveredInstitution[]) =>
  rows.map((row) => shownCoverage(row.name, `/lembaga/${row.id}#trained-title`, row));

export const totalLine = (rows: readonly Coverage[]) =>
  shownCoverage('Jumlah', null, coverageSum(rows));
