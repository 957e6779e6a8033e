import { can, type SignedInAccount } from '#src/access.ts';
import type { DutyPlace } from '#src/duties/repository.ts';

/** The page that lists the duties of a place. */
export const placeHref = ({ typeId, institution }: DutyPlace) =>
  institution ? `/lembaga/${institution.id}/tugas` : `/tugas/${typeId}`;

/** Duties of a type are the city's, local ones of the kelurahan; the database holds the same. */
export const mayEdit = (account: SignedInAccount, { institution }: DutyPlace) =>
  can(account, institution ? 'institution:write' : 'duty:manage');

/** What a form may choose as the section of a new duty. */
export const sectionOptions = ({ positions }: DutyPlace) => [
  { value: 'task', label: 'Tugas lembaga (semua pengurus)' },
  { value: 'function', label: 'Fungsi lembaga (semua pengurus)' },
  ...positions.map(({ id, name }) => ({ value: String(id), label: name })),
];
