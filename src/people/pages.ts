import type { Request, Response } from 'express';
import { can, type SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { listMergesInto } from '#src/duplicates/merges.ts';
import { namesOf } from '#src/duplicates/repository.ts';
import { isSeparable, separableUntil } from '#src/duplicates/rules.ts';
import { personName, today } from '#src/format.ts';
import { tooManyTries } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { documentsOf } from '#src/people/documents.ts';
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
import { listTrainingsOf } from '#src/training-coverage/repository.ts';

export async function personPage(req: Request, res: Response) {
  const shown = await asActor(actorOf(req), (tx) => viewOf(req, tx));
  if (shown.person.mergedInto !== null) return followMerge(req, res, shown.person);
  res.renderPage('people/person', { ...shown, form: blankForm(), nik: null });
}

/** The audit row is written before the NIK is opened, in one transaction: no row, no NIK. */
export async function revealNik(req: Request, res: Response, form: Form<RevealInput>) {
  const input = form.input;
  const shown = await asActor(actorOf(req), async (tx) => {
    const view = await viewOf(req, tx);
    if (!input || !view.person.hasNik || view.person.mergedInto !== null)
      return { ...view, nik: null };
    const minutes = await minutesToNextReveal(tx, currentAccount(req).id);
    if (minutes > 0) throw tooManyTries(minutes * 60);
    await recordReveal(tx, view.person.id, input.reason);
    return { ...view, nik: await findNik(tx, view.person.id) };
  });
  if (shown.person.mergedInto !== null) return followMerge(req, res, shown.person);
  res.status(input ? 200 : 422).renderPage('people/person', { ...shown, form });
}

/** An address from before a merge leads to the person who is left. */
export function followMerge(req: Request, res: Response, person: PersonFacts) {
  leaveNotice(req, `Data ${personName(person)} sudah digabung ke data orang ini.`);
  res.redirect(303, `/orang/${person.mergedInto}`);
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
  const trainings = await listTrainingsOf(tx, person.id);
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
    mayMerge: can(account, 'person:merge'),
    merges: can(account, 'duplicate:read') ? await mergesInto(tx, person.id) : [],
    education: labelOf(await listEducationLevels(tx), person.educationLevel),
    occupation: labelOf(await listOccupations(tx), person.occupation),
    present: offices.filter(({ endedOn }) => endedOn === null || endedOn > day),
    past: offices.filter(({ endedOn }) => endedOn !== null && endedOn <= day),
    trainings,
    documents: documentsOf(account, { offices, trainings }),
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

async function mergesInto(tx: Transaction, personId: number) {
  const merges = await listMergesInto(tx, personId);
  const names = await namesOf(
    tx,
    merges.map(({ absorbedId }) => absorbedId),
  );
  return merges.map((merge) => ({
    ...merge,
    name: names.get(merge.absorbedId) ?? '',
    until: isSeparable(merge) ? separableUntil(merge) : null,
  }));
}

const withoutPrivateFacts = (person: PersonFacts): PersonFacts => ({
  ...person,
  birthPlace: null,
  birthDate: null,
  address: null,
  phone: null,
  rtNumber: null,
  rwNumber: null,
});
