import type { Request, Response } from 'express';
import type { ContactQuery, PersonContact } from '#src/contacts/form.ts';
import { getOfficerContact, saveOfficer, type StoredOfficer } from '#src/contacts/repository.ts';
import {
  backFrom,
  ContactChanged,
  officerDifferences,
  officerValues,
} from '#src/contacts/rules.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';

export async function editPersonContact(req: Request, res: Response, query: Form<ContactQuery>) {
  const person = await getStored(req);
  const kembali = query.input?.kembali ?? null;
  renderEdit(req, res, { person, form: blankForm({ ...officerValues(person), kembali }) });
}

export async function savePersonContact(req: Request, res: Response, form: Form<PersonContact>) {
  const person = await getStored(req);
  const { input } = form;
  if (!input) return renderEdit(req, res.status(422), { person, form });

  try {
    const location = await once(req, form, async (tx) => {
      if (!(await saveOfficer(tx, person.id, input))) throw new ContactChanged();
      return backFrom(input.kembali, ownInstitution(req), `/orang/${person.id}`);
    });
    leaveNotice(req, `Kontak ${format.personName(person)} tersimpan.`);
    res.redirect(303, location);
  } catch (error) {
    if (!(error instanceof ContactChanged)) throw error;
    renderConflict(res, await getStored(req), { form, input });
  }
}

const getStored = (req: Request) =>
  asActor(actorOf(req), (tx) =>
    getOfficerContact(tx, idFrom(req), {
      institutionId: ownInstitution(req),
      today: format.prismaDate(format.today()),
    }),
  );

function ownInstitution(req: Request): number {
  const { institutionId } = currentAccount(req);
  if (institutionId === null) throw notFound();
  return institutionId;
}

function renderEdit(
  req: Request,
  res: Response,
  { person, form }: { person: StoredOfficer; form: Form<unknown> },
) {
  const back = form.values.kembali === 'pernyataan' ? ('pernyataan' as const) : null;
  res.renderPage('contacts/person', {
    form,
    person,
    institutionId: ownInstitution(req),
    cancelHref: backFrom(back, ownInstitution(req), `/orang/${person.id}`),
  });
}

function renderConflict(
  res: Response,
  stored: StoredOfficer,
  { form, input }: { form: Form<unknown>; input: PersonContact },
) {
  const { phone, address, rtNumber, rwNumber } = input;
  res.status(409).renderPage('contacts/conflict', {
    name: format.personName(stored),
    href: `/orang/${stored.id}`,
    form: { ...blankForm(), values: {} },
    rows: officerDifferences(officerValues(stored), {
      phone: phone && format.phone(phone),
      address,
      rtNumber,
      rwNumber,
    }),
    fields: Object.entries({ ...form.values, version: String(stored.version) }),
  });
}
