import { getDistricts, getVillages } from 'idn-area-data';

/** How many institutions of a type each kelurahan has, and the seats of an institution by position. */
export type TypePlan = { code: string; institutions: number; seats: Record<string, number> };
export type DataSetPlan = {
  cityCode: string;
  cityName: string;
  kecamatan: { code: string; name: string; kelurahan: { code: string; name: string }[] }[];
  types: TypePlan[];
};

export const sizes = ['S', 'M', 'N'] as const;
export type Size = (typeof sizes)[number];

export const sizeNames: Record<Size, string> = {
  S: 'one kecamatan',
  M: 'a large city',
  N: 'every kelurahan of the country',
};

/** A kelurahan has some 650 officers in every size, so that its pages and the recap of its kecamatan compare. */
export async function planOf(size: Size): Promise<DataSetPlan> {
  const { cityCode, cityName, prefix, types } = plans[size];
  return { cityCode, cityName, types, kecamatan: await kecamatanWithin(prefix) };
}

const plans: Record<Size, Omit<DataSetPlan, 'kecamatan'> & { prefix: string }> = {
  S: {
    cityCode: '35.74',
    cityName: 'Kota Probolinggo',
    prefix: '35.74.04',
    types: typesOf({
      rt: [43, 6],
      rw: [9, 9],
      posyandu: 7,
      pokmas: [3, 20],
    }),
  },
  M: {
    cityCode: '35.78',
    cityName: 'Kota Surabaya',
    prefix: '35.78',
    types: typesOf({
      rt: [64, 2],
      rw: [10, 5],
      posyandu: 10,
      pokmas: [7, 14],
    }),
  },
  N: {
    cityCode: '00.00',
    cityName: 'Kota Seluruh Indonesia',
    prefix: '',
    types: typesOf({
      rt: [36, 9],
      rw: [8, 7],
      posyandu: 6,
      pokmas: [2, 24],
    }),
  },
};

type Counts = {
  /** Institutions, and the sections or members beside the three officers that each has. */
  rt: [number, number];
  rw: [number, number];
  posyandu: number;
  pokmas: [number, number];
};

/** LPM, PKK and Karang Taruna are the same in every size: the bench opens an LPM. */
export function typesOf({ rt, rw, posyandu, pokmas }: Counts): TypePlan[] {
  const core = { chair: 1, secretary: 1, treasurer: 1 };
  const pokja = { pokja_1_head: 1, pokja_2_head: 1, pokja_3_head: 1, pokja_4_head: 1 };
  return [
    { code: 'RW', institutions: rw[0], seats: { ...core, section: rw[1] } },
    { code: 'RT', institutions: rt[0], seats: { ...core, section: rt[1] } },
    { code: 'LPM', institutions: 1, seats: { ...core, deputy_chair: 1, section_head: 6 } },
    {
      code: 'PKK',
      institutions: 1,
      seats: { ...core, deputy_chair: 1, ...pokja, pokja_member: 6 },
    },
    { code: 'KARANG_TARUNA', institutions: 1, seats: { ...core, deputy_chair: 1, section: 4 } },
    {
      code: 'POSYANDU',
      institutions: posyandu,
      seats: { ...core, field_coordinator: 6, cadre: 3 },
    },
    { code: 'POKMAS', institutions: pokmas[0], seats: { ...core, member: pokmas[1] } },
  ];
}

/** The kelurahan (not desa) of a region, by kecamatan. */
async function kecamatanWithin(prefix: string) {
  const [districts, villages] = await Promise.all([getDistricts(), getVillages()]);
  const kelurahan = villages.filter(({ code }) => code.startsWith(prefix) && code[9] === '1');
  const byDistrict = Map.groupBy(kelurahan, ({ district_code: code }) => code);
  return districts.flatMap(({ code, name }) => {
    const inside = byDistrict.get(code);
    return inside
      ? [{ code, name, kelurahan: inside.map((one) => ({ code: one.code, name: one.name })) }]
      : [];
  });
}
