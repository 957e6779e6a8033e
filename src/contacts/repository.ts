import type { InstitutionContact, PersonContact } from '#src/contacts/form.ts';
import type { Transaction } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';

export async function getInstitutionContact(tx: Transaction, id: number) {
  const institution = await tx.institution.findUnique({
    where: { id },
    select: { id: true, name: true, version: true, address: true, phone: true, email: true },
  });
  if (!institution) throw notFound();
  return institution;
}
export type StoredInstitution = Awaited<ReturnType<typeof getInstitutionContact>>;

/** Somebody whose office in this institution has not ended; the policy of `people` says the same. */
export async function getOfficerContact(
  tx: Transaction,
  id: number,
  { institutionId, today }: { institutionId: number; today: Date },
) {
  const person = await tx.person.findFirst({
    where: {
      id,
      tenures: {
        some: {
          institutionId,
          voidedAt: null,
          OR: [{ endedOn: null }, { endedOn: { gt: today } }],
        },
      },
    },
    select: {
      id: true,
      frontTitle: true,
      name: true,
      backTitle: true,
      version: true,
      phone: true,
      address: true,
      rtNumber: true,
      rwNumber: true,
    },
  });
  if (!person) throw notFound();
  return person;
}
export type StoredOfficer = Awaited<ReturnType<typeof getOfficerContact>>;

/** False when somebody else saved after the form was opened; names no column but those an officer may change. */
export async function saveInstitution(tx: Transaction, id: number, input: InstitutionContact) {
  const { version, address, phone, email } = input;
  const { count } = await tx.institution.updateMany({
    where: { id, version },
    data: { address, phone, email, version: version + 1, updatedAt: new Date() },
  });
  return count === 1;
}

export async function saveOfficer(tx: Transaction, id: number, input: PersonContact) {
  const { version, phone, address, rtNumber, rwNumber } = input;
  const { count } = await tx.person.updateMany({
    where: { id, version },
    data: { phone, address, rtNumber, rwNumber, version: version + 1, updatedAt: new Date() },
  });
  return count === 1;
}
