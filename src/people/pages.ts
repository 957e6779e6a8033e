import type { Request, Response } from 'express';
import { can, type SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { today } from '#src/format.ts';
import { tooManyTries } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import type { RevealInput } from '#src/people/form.ts';
import { maskNik } from '#src/people/nik.ts';
import {
  findNik,
  getPerson,
  listEducationLevels,
  listOccupations,
  listOffices,
  listOfficesElsewhere,
  minutesToNextReveal,
  recordReveal,
  type Office,
  type PersonFacts,
} from '#src/people/repository.ts';
import { labelOf, officeKind, seesPrivateFacts } from '#src/people/rules.ts';

export async function personPage(req: Request, res: Response) {
  const shown = await asActor(actorOf(req), (tx) => viewOf(req, tx));
  res.renderPage('people/person', { ...shown, form: blankForm(), nik: null });
}

/** The audit row is written before the NIK is opened, in one transaction: no row, no NIK. */
export async function revealNik(req: Request, res: Response, form: Form<RevealInput>) {
  const input = form.input;
  const shown = await asActor(actorOf(req), async (tx) => {
    const view = await viewOf(req, tx);
    if (!input || !view.person.hasNik) return { ...view, nik: null };
    const minutes = await minutesToNextReveal(tx, currentAccount(req).id);
    if (minutes > 0) throw tooManyTries(minutes * 60);
    await recordReveal(tx, view.person.id, input.reason);
    return { ...view, nik: await findNik(tx, view.person.id) };
  });
  res.status(input ? 200 : 422).renderPage('people/person', { ...shown, form });
}

/** Everything the page may show to this account; what it may not show is not read into it. */
async function viewOf(req: Request, tx: Transaction) {
  const account = currentAccount(req);
  const mayReveal = can(account, 'nik:reveal');
  const seesPrivate = seesPrivateFacts(account.role);
  const person = await getPerson(tx, idFrom(req));
  const nik = mayReveal && person.hasNik ? await findNik(tx, person.id) : null;
  const elsewhere = mayReveal
    ? await listOfficesElsewhere(tx, person.id, account.kelurahanIds)
    : [];
  const offices = await listOffices(tx, person.id);
  const day = today();
  return {
    person: seesPrivate ? person : withoutPrivateFacts(person),
    mayReveal,
    seesPrivate,
    elsewhere,
    nikMask: nik && maskNik(nik),
    editHref: can(account, 'institution:write')
      ? `/orang/${person.id}/ubah`
      : maySetContact(account, offices, day)
        ? `/orang/${person.id}/kontak`
        : null,
    education: labelOf(await listEducationLevels(tx), person.educationLevel),
    occupation: labelOf(await listOccupations(tx), person.occupation),
    present: offices.filter(({ endedOn }) => endedOn === null || endedOn > day),
    past: offices.filter(({ endedOn }) => endedOn !== null && endedOn <= day),
    officeKind,
    day,
  };
}

/** A chair changes the contact of whoever has not left the own institution. */
const maySetContact = (account: SignedInAccount, offices: Office[], day: string) =>
  can(account, 'person:contact') &&
  offices.some(
    ({ institution, endedOn }) =>
      institution.id === account.institutionId && (endedOn === null || endedOn > day),
  );

const withoutPrivateFacts = (person: PersonFacts): PersonFacts => ({
  ...person,
  birthPlace: null,
  birthDate: null,
  address: null,
  phone: null,
  rtNumber: null,
  rwNumber: null,
});
