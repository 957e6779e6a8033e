import { z } from 'zod';
import { systemActor } from '#src/access.ts';
import { readAs, statement } from '#src/database.ts';

/** The kota or kabupaten that this installation serves. */
export type City = { code: string; name: string; timeZone: string };

let current: City = { code: '', name: '', timeZone: 'Asia/Jakarta' };

export const city = () => current;

/** Reads the city's settings; called at start and after `npm run city`. Without a row the portal has no name yet. */
export async function loadCity(): Promise<void> {
  const [[row]] = await readAs(systemActor('start'), cityStatement());
  if (row) current = row;
}

const cityStatement = statement<[]>()(
  'city',
  z.strictObject({ code: z.string(), name: z.string(), timeZone: z.string() }),
  `SELECT code, name, time_zone AS "timeZone" FROM city_settings`,
);
