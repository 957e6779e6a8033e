import { expect, test } from 'vitest';
import { countInstitutions, listInstitutions } from '#src/institutions/listing.ts';
import { institutionOrders, institutionStatuses } from '#src/institutions/rules.ts';

const either = (text: () => string) => [null, text()];

/** Every combination of filter and order, with values that differ from call to call. */
function* filters() {
  let value = 0;
  for (const urut of institutionOrders)
    for (const status of [null, ...institutionStatuses])
      for (const cari of [null, 'rt', 'sinar'])
        for (const jenis of either(() => `T${(value += 1)}`))
          for (const kecamatan of either(() => `K${(value += 1)}`))
            for (const kelurahan of either(() => `L${(value += 1)}`))
              for (const bulan of either(() => '2026-08'))
                yield {
                  urut,
                  status,
                  cari,
                  jenis,
                  kecamatan,
                  kelurahan,
                  bulan,
                  halaman: 1,
                  today: '2026-08-17',
                };
}

test('each prepared statement’s name stands for one text', () => {
  const texts = new Map<string, string>();
  for (const filter of filters()) {
    for (const { name, text } of [
      listInstitutions(filter, { isLocal: false }),
      listInstitutions(filter, { isLocal: true }),
      countInstitutions(filter),
    ]) {
      expect(texts.get(name) ?? text).toBe(text);
      texts.set(name, text);
    }
  }
  expect(texts.size).toBeGreaterThan(3000);
});

test('what was typed is never part of a statement’s text', () => {
  const [filter] = filters();
  const { text, values } = listInstitutions(
    {
      ...filter,
      cari: "'; DROP",
      jenis: null,
      kecamatan: null,
      kelurahan: null,
      bulan: null,
      status: null,
      urut: 'nama',
      halaman: 1,
      today: '2026-08-17',
    },
    { isLocal: false },
  );
  expect(text).not.toContain('DROP');
  expect(values).toContain("'; DROP");
});
