import type { SignedInAccount } from '#src/access.ts';
import { city } from '#src/city.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import type { TypeName } from '#src/reports/places.ts';
import type { RecapRow, Report } from '#src/reports/repository.ts';
import type { Scope } from '#src/reports/scope.ts';
import { sum, sumBy, type RecapLine } from '#src/reports/rules.ts';

type Type = TypeName | null;

export const rowsOfType = (rows: readonly RecapRow[], type: Type): RecapRow[] =>
  type === null ? [...rows] : rows.filter(({ typeId }) => typeId === type.id);

/** A line for each place inside the scope, also for those without any institution yet. */
export function linesByPlace(
  { places, rows }: Pick<Report, 'places' | 'rows'>,
  { level }: Scope,
  type: Type,
): RecapLine[] {
  const sums = sumBy(rows, ({ placeId }) => placeId);
  const name = level === 'city' ? 'kecamatan' : 'kelurahan';
  const narrowed = type === null ? '' : `&jenis=${type.code}`;
  return places
    .filter(({ isScope }) => !isScope)
    .map(({ id, code, name: label }) => ({
      name: label,
      href: `/laporan?${name}=${code}${narrowed}`,
      query: `${name}=${code}${narrowed}`,
      figures: sums.get(id) ?? sum([]),
    }));
}

/** A line for each type that the scope has, in the order of the types. */
export function linesByType(
  { types, rows, own }: Report,
  { level }: Scope,
  chosen: Type,
): RecapLine[] {
  const sums = sumBy(rows, ({ typeId }) => typeId);
  const place = own === null ? '' : `${level}=${own.code}&`;
  return types.flatMap((type) => {
    const figures = sums.get(type.id);
    if (!figures) return [];
    const query = `${place}jenis=${type.code}`;
    const href = level === 'kelurahan' || chosen !== null ? null : `/laporan?${query}`;
    return [{ name: type.shortName, href, query, figures }];
  });
}

/** What the scope is called, whose letter it is on paper and who signs. */
export function placeInWords({ own, kecamatan }: Report, { level }: Scope) {
  if (own === null) {
    return {
      name: city().name,
      breadcrumbs: [],
      letterhead: {},
      signature: null,
      table: { title: 'Menurut kecamatan', head: 'Kecamatan' },
    };
  }
  const up = kecamatan.length > 1 ? [{ label: city().name, href: '/laporan' }] : [];
  const { name, address, headName, headRank, headNip, kecamatanName, kecamatanCode } = own;
  const head = { name: headName, rank: headRank, nip: headNip };
  if (level === 'kecamatan') {
    return {
      name: `Kecamatan ${name}`,
      breadcrumbs: up,
      letterhead: { kecamatan: name, address },
      signature: { office: `Camat ${name}`, ...head },
      table: { title: 'Menurut kelurahan', head: 'Kelurahan' },
    };
  }
  return {
    name: `Kelurahan ${name}`,
    breadcrumbs: [
      ...up,
      { label: `Kecamatan ${kecamatanName}`, href: `/laporan?kecamatan=${kecamatanCode}` },
    ],
    letterhead: { kecamatan: kecamatanName, kelurahan: name, address },
    signature: { office: `Lurah ${name}`, ...head },
    table: { title: 'Menurut jenis lembaga', head: 'Jenis' },
  };
}

/** Selects for the places that this account may choose from; a kelurahan account has none. */
export function filterFor(
  report: Report,
  scope: Scope,
  { account, form }: { account: SignedInAccount; form: Form<unknown> },
) {
  const { kecamatan, types, own } = report;
  const choices = report.places.filter(({ code }) => code.length > 8);
  const choosesKelurahan = account.kelurahanId === null && choices.length > 0;
  const chosenKelurahan = scope.level === 'kelurahan' ? own?.code : '';
  const select = (
    name: string,
    all: string,
    value: string,
    options: { code: string; name: string }[],
  ) => ({
    name,
    label: all.replace('Semua ', '').replace(/^./, (letter) => letter.toUpperCase()),
    value,
    error: form.errors[name],
    options: [
      { value: '', label: all },
      ...options.map((option) => ({ value: option.code, label: option.name })),
    ],
  });
  const selects = [
    ...(kecamatan.length > 1
      ? [select('kecamatan', 'Semua kecamatan', own?.kecamatanCode ?? '', kecamatan)]
      : []),
    ...(choosesKelurahan
      ? [select('kelurahan', 'Semua kelurahan', chosenKelurahan ?? '', choices)]
      : []),
    select('jenis', 'Semua jenis', form.values.jenis ?? '', types),
  ];
  const inWords = selects.map(
    ({ value, options }) => options.find((option) => option.value === value)?.label ?? '',
  );
  const isFiltered = ['kecamatan', 'kelurahan', 'jenis'].some((name) => form.values[name]);
  return {
    selects,
    summary: format.choices(inWords),
    ...(isFiltered && { clear: '/laporan' }),
  };
}
