import type { Request, Response } from 'express';
import type { ContactQuery, InstitutionContact } from '#src/contacts/form.ts';
import {
  getInstitutionContact,
  saveInstitution,
  type StoredInstitution,
} from '#src/contacts/repository.ts';
import {
  backFrom,
  ContactChanged,
  institutionDifferences,
  institutionValues,
} from '#src/contacts/rules.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom, leaveNotice } from '#src/http/request.ts';

export async function editInstitutionContact(
  req: Request,
  res: Response,
  query: Form<ContactQuery>,
) {
  const institution = await getStored(req);
  const kembali = query.input?.kembali ?? null;
  renderEdit(res, institution, blankForm({ ...institutionValues(institution), kembali }));
}

export async function saveInstitutionContact(
  req: Request,
  res: Response,
  form: Form<InstitutionContact>,
) {
  const institution = await getStored(req);
  const { input } = form;
  if (!input) return renderEdit(res.status(422), institution, form);

  const { id, name } = institution;
  try {
    const location = await once(req, form, async (tx) => {
      if (!(await saveInstitution(tx, id, input))) throw new ContactChanged();
      return backFrom(input.kembali, id, `/lembaga/${id}`);
    });
    leaveNotice(req, `Kontak ${name} tersimpan.`);
    res.redirect(303, location);
  } catch (error) {
    if (!(error instanceof ContactChanged)) throw error;
    renderConflict(res, await getStored(req), { form, input });
  }
}

const getStored = (req: Request) =>
  asActor(actorOf(req), (tx) => getInstitutionContact(tx, idFrom(req)));

function renderEdit(res: Response, institution: StoredInstitution, form: Form<unknown>) {
  res.renderPage('contacts/institution', {
    form,
    institution,
    cancelHref: backFrom(backOf(form), institution.id, `/lembaga/${institution.id}`),
  });
}

const backOf = ({ values }: Form<unknown>) =>
  values.kembali === 'pernyataan' ? ('pernyataan' as const) : null;

function renderConflict(
  res: Response,
  stored: StoredInstitution,
  { form, input }: { form: Form<unknown>; input: InstitutionContact },
) {
  const typed = { ...input, phone: input.phone && format.phone(input.phone) };
  res.status(409).renderPage('contacts/conflict', {
    name: stored.name,
    href: `/lembaga/${stored.id}`,
    form: { ...blankForm(), values: {} },
    rows: institutionDifferences(institutionValues(stored), {
      address: typed.address,
      phone: typed.phone,
      email: typed.email,
    }),
    fields: Object.entries({ ...form.values, version: String(stored.version) }),
  });
}
