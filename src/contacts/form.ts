import { z } from 'zod';
import { email, optionalTerritoryNumber, optionalText, phone, version } from '#src/http/fields.ts';

/** Where the reader came from and goes back to: the statement of the data, or the thing itself. */
const back = z
  .enum(['', 'pernyataan'], { error: 'Muat ulang halaman ini' })
  .optional()
  .transform((text) => (text === 'pernyataan' ? text : null));

export const contactQuery = z.strictObject({ kembali: back });
export type ContactQuery = z.output<typeof contactQuery>;

export const institutionContactForm = z.strictObject({
  version,
  kembali: back,
  address: optionalText(200),
  phone,
  email,
});
export type InstitutionContact = z.output<typeof institutionContactForm>;

export const personContactForm = z.strictObject({
  version,
  kembali: back,
  phone,
  address: optionalText(200),
  rtNumber: optionalTerritoryNumber('RT'),
  rwNumber: optionalTerritoryNumber('RW'),
});
export type PersonContact = z.output<typeof personContactForm>;
