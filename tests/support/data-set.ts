import pg from 'pg';
import { findPlaceIn, generateDataSet, type Place } from '../bench/generate.ts';
import { typesOf, type DataSetPlan, type TypePlan } from '../bench/sizes.ts';
import { superuserUrl } from './database.ts';

export { typesOf };

/** The bench's data in this file's database: one more kecamatan with so many kelurahan, and the place to look at. */
export async function addKecamatan(
  code: string,
  kelurahan: number,
  types: TypePlan[],
): Promise<Place> {
  const plan: DataSetPlan = {
    cityCode: '98.01',
    cityName: 'Kota Uji',
    types,
    kecamatan: [
      {
        ...{
          code,
          name: `Uji ${code}`,
        },
        kelurahan: Array.from({ length: kelurahan }, (_, index) => ({
          code: `${code}.${1001 + index}`,
          name: `Uji ${code} ${index + 1}`,
        })),
      },
    ],
  };
  return asSuperuser(async (client) => {
    await generateDataSet(client, plan);
    return findPlaceIn(client, code);
  });
}

export async function asSuperuser<Result>(
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
