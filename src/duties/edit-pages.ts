import type { Request, Response } from 'express';
import { asActor, readAs, type Transaction } from '#src/database.ts';
import { askedAgain } from '#src/duties/affected.ts';
import type { DutyInput, NewDutyInput } from '#src/duties/form.ts';
import { mayEdit, placeHref, sectionOptions } from '#src/duties/places.ts';
import {
  DutyChanged,
  getDuty,
  getInstitutionPlace,
  getTypePlace,
  insertDuty,
  insertVersion,
  type Duty,
  type DutyPlace,
} from '#src/duties/repository.ts';
import { rangeInWords, sectionKey } from '#src/duties/rules.ts';
import * as format from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';

type PlaceReader = (tx: Transaction, id: number) => Promise<DutyPlace>;

const newPage =
  (readPlace: PlaceReader) =>
  async (req: Request, res: Response, query: Form<{ bagian?: string | undefined }>) => {
    const place = await asActor(actorOf(req), (tx) => readPlace(tx, idFrom(req)));
    const form = blankForm({
      section: query.input?.bagian ?? '',
      validFrom: format.today(),
    });
    res.renderPage('duties/edit', newView(place, form));
  };
export const newTypeDuty = newPage(getTypePlace);
export const newLocalDuty = newPage(getInstitutionPlace);

/** The first sending shows who will be asked again; only the second one writes. */
const createPage =
  (readPlace: PlaceReader) => async (req: Request, res: Response, form: Form<NewDutyInput>) => {
    const place = await asActor(actorOf(req), (tx) => readPlace(tx, idFrom(req)));
    const { input } = withKnownSection(form, place);
    if (!input)
      return res
        .status(422)
        .renderPage('duties/edit', newView(place, withKnownSection(form, place)));
    if (input.again) return res.renderPage('duties/edit', newView(place, form));
    if (!input.checked) return renderCheck(req, res, { form, place, before: null, ...input });

    const location = await once(req, form, async (tx) => {
      await insertDuty(tx, place, input);
      return placeHref(place);
    });
    leaveNotice(req, `Butir tugas tersimpan dan berlaku mulai ${format.date(input.validFrom)}.`);
    res.redirect(303, location);
  };
export const createTypeDuty = createPage(getTypePlace);
export const createLocalDuty = createPage(getInstitutionPlace);

export async function editDuty(req: Request, res: Response) {
  const duty = await getEditable(req);
  if (duty.head.id !== duty.id) return res.redirect(303, `/tugas/butir/${duty.head.id}/ubah`);
  const { text, legalBasis, validFrom } = duty.head;
  const today = format.today();
  const starts = validFrom > today ? validFrom : today;
  res.renderPage('duties/edit', editView(duty, blankForm({ text, legalBasis, validFrom: starts })));
}

export async function changeDuty(req: Request, res: Response, form: Form<DutyInput>) {
  const duty = await getEditable(req);
  const { input } = form;
  if (!input) return res.status(422).renderPage('duties/edit', editView(duty, form));
  if (input.again) return res.renderPage('duties/edit', editView(duty, form));
  if (duty.head.id !== duty.id) return renderConflict(res, duty, input);
  if (!input.checked) {
    const section = sectionKey(duty);
    return renderCheck(req, res, { form, place: duty.place, before: duty, ...input, section });
  }
  try {
    const location = await once(req, form, async (tx) => {
      await insertVersion(tx, duty, input);
      return placeHref(duty.place);
    });
    leaveNotice(req, `Naskah baru tersimpan dan berlaku mulai ${format.date(input.validFrom)}.`);
    res.redirect(303, location);
  } catch (error) {
    if (!(error instanceof DutyChanged) && !violates(error, 'duties_one_version_at_a_time'))
      throw error;
    renderConflict(res, await getEditable(req), input);
  }
}

async function getEditable(req: Request): Promise<Duty> {
  const duty = await asActor(actorOf(req), (tx) => getDuty(tx, idFrom(req)));
  if (!mayEdit(currentAccount(req), duty.place)) throw notFound();
  return duty;
}

const newView = (place: DutyPlace, form: Form<unknown>) => ({
  ...placeInWords(place),
  form,
  title: place.institution ? 'Tambah tugas setempat' : 'Tambah butir tugas',
  action: place.institution ? `/lembaga/${place.institution.id}/tugas` : `/tugas/${place.typeId}`,
  sections: sectionOptions(place),
});

const editView = (duty: Duty, form: Form<unknown>) => ({
  ...placeInWords(duty.place),
  form,
  title: 'Ubah butir tugas',
  action: `/tugas/butir/${duty.id}`,
  sections: null,
});

const placeInWords = (place: DutyPlace) => ({
  back: { href: placeHref(place), label: place.institution?.name ?? place.typeName },
  isLocal: place.institution !== null,
});

function withKnownSection(form: Form<NewDutyInput>, place: DutyPlace): Form<NewDutyInput> {
  const section = form.input?.section;
  if (section === undefined || sectionOptions(place).some(({ value }) => value === section))
    return form;
  return withError(form, 'section', 'Pilih bagian dari daftar');
}

type Check = {
  form: Form<unknown>;
  place: DutyPlace;
  before: Duty | null;
  section: string;
  text: string;
  legalBasis: string;
  validFrom: string;
};

async function renderCheck(req: Request, res: Response, check: Check) {
  const { form, place, before } = check;
  const view = placeInWords(place);
  const [officers] = await readAs(actorOf(req), askedAgain(place, check.section, format.today()));
  res.renderPage('duties/check', {
    ...view,
    form,
    action: before ? `/tugas/butir/${before.id}` : newView(place, form).action,
    section: sectionOptions(place).find(({ value }) => value === check.section)?.label ?? '',
    rows: [
      row('Butir tugas', before?.head.text ?? null, check.text),
      row('Dasar', before?.head.legalBasis ?? null, check.legalBasis),
      row('Berlaku', before && rangeInWords(before.head), `mulai ${format.date(check.validFrom)}`),
    ],
    validFrom: check.validFrom,
    asked: officers[0] ?? { officers: 0, confirmed: 0, institutions: 0 },
    fields: Object.entries(form.values).filter(([name]) => name !== 'checked'),
  });
}

const row = (label: string, before: string | null, after: string) => ({
  label,
  before,
  after,
  ...(before === after ? { unchanged: true as const } : {}),
});

/** Somebody saved first: both texts, and a form that puts one's own after the newer version. */
function renderConflict(res: Response, duty: Duty, input: DutyInput) {
  const { head } = duty;
  res.status(409).renderPage('duties/conflict', {
    ...placeInWords(duty.place),
    head,
    rows: [
      row('Butir tugas', head.text, input.text),
      row('Dasar', head.legalBasis, input.legalBasis),
      row('Berlaku mulai', format.date(head.validFrom), format.date(input.validFrom)),
    ],
    form: blankForm({ text: input.text, legalBasis: input.legalBasis, validFrom: input.validFrom }),
  });
}
