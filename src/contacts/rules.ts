import type { ContactQuery } from '#src/contacts/form.ts';
import type { StoredInstitution, StoredOfficer } from '#src/contacts/repository.ts';
import * as format from '#src/format.ts';

/** Where a saved form leads. */
export const backFrom = (kembali: ContactQuery['kembali'], institutionId: number, place: string) =>
  kembali === 'pernyataan' ? `/lembaga/${institutionId}/pernyataan` : place;

/** Somebody else saved the contact since the form was opened. */
export class ContactChanged extends Error {}

export const institutionValues = ({ version, address, phone, email }: StoredInstitution) => ({
  version,
  address,
  phone: phone && format.phone(phone),
  email,
});

export const officerValues = (person: StoredOfficer) => ({
  version: person.version,
  phone: person.phone && format.phone(person.phone),
  address: person.address,
  rtNumber: person.rtNumber,
  rwNumber: person.rwNumber,
});

const labels = {
  address: 'Alamat sekretariat',
  phone: 'Nomor HP lembaga',
  email: 'Surel',
} as const;
const officerLabels = {
  phone: 'Nomor HP',
  address: 'Alamat rumah',
  rtNumber: 'RT',
  rwNumber: 'RW',
} as const;

type Shown = Record<string, string | number | null>;

export const institutionDifferences = (stored: Shown, typed: Shown) =>
  differences(labels, stored, typed);
export const officerDifferences = (stored: Shown, typed: Shown) =>
  differences(officerLabels, stored, typed);

/** What is stored now beside what was typed, both as people write them. */
function differences(names: Record<string, string>, stored: Shown, typed: Shown) {
  return Object.entries(names).map(([name, label]) => {
    const [before, after] = [shown(stored[name]), shown(typed[name])];
    return { label, before, after, unchanged: before === after };
  });
}

const shown = (value: string | number | null | undefined) =>
  value === null || value === undefined || value === '' ? null : String(value);
