import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { withinLookups } from '#src/duplicates/lookups.ts';
import {
  insertVerdicts,
  listKnownPairs,
  listMatches,
  type Match,
} from '#src/duplicates/repository.ts';
import { likenessReasons, officeInWords } from '#src/duplicates/rules.ts';
import { violates } from '#src/http/database-errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import type { PersonInput } from '#src/people/form.ts';
import { indexNik, maskNik } from '#src/people/nik.ts';
import {
  findNik,
  getPerson,
  listEducationLevels,
  listKecamatanCodes,
  listOccupations,
  savePerson,
} from '#src/people/repository.ts';
import { differences, formValues, PersonChanged } from '#src/people/editing.ts';
import { followMerge } from '#src/people/pages.ts';
import { nikWarnings } from '#src/people/rules.ts';

export async function editPage(req: Request, res: Response) {
  const { person, ...choices } = await readChoices(req);
  if (person.mergedInto !== null) return followMerge(req, res, person);
  const form = blankForm(formValues(person));
  res.renderPage('people/edit', { person, ...choices, form });
}

export async function updatePerson(req: Request, res: Response, form: Form<PersonInput>) {
  const choices = await readChoices(req);
  if (choices.person.mergedInto !== null) return followMerge(req, res, choices.person);
  const known = withNikComparison(withKnownCodes(form, choices), choices);
  const limited = await withinShare(req, choices, known);
  const twins = await findTwins(req, choices, limited);
  const checked = withTwinComparison(limited, twins);
  const input = checked.input;
  if (!input) return res.status(422).renderPage('people/edit', { ...choices, form: checked });

  const { id } = choices.person;
  try {
    const location = await once(req, form, async (tx) => {
      if (!(await savePerson(tx, id, input))) throw new PersonChanged();
      const others = twins.map(({ personId }) => personId);
      await insertVerdicts(tx, id, others, currentAccount(req));
      return `/orang/${id}`;
    });
    leaveNotice(req, 'Data orang ini tersimpan.');
    res.redirect(303, location);
  } catch (error) {
    if (error instanceof PersonChanged) return showConflict(req, res, form);
    if (!violates(error, 'people_one_per_nik')) throw error;
    const taken = 'NIK ini sudah tercatat untuk orang lain. Periksa angkanya, atau hubungi admin';
    const refused = withError(form, 'nik', taken);
    res.status(422).renderPage('people/edit', { ...choices, form: refused });
  }
}

/** Both values, side by side, and a form that takes over what was typed on top of what is stored now. */
async function showConflict(req: Request, res: Response, form: Form<PersonInput>) {
  const choices = await readChoices(req);
  const { version: _stale, ...typed } = form.values;
  res.status(409).renderPage('people/conflict', {
    person: choices.person,
    rows: differences(choices, typed),
    fields: Object.entries({ ...typed, version: String(choices.person.version) }),
    form: blankForm(),
  });
}

type Choices = Awaited<ReturnType<typeof readChoices>>;

async function readChoices(req: Request) {
  return asActor(actorOf(req), async (tx) => {
    const person = await getPerson(tx, idFrom(req));
    const nik = person.hasNik ? await findNik(tx, person.id) : null;
    return {
      person,
      nikMask: nik && maskNik(nik),
      educationLevels: await listEducationLevels(tx),
      occupations: await listOccupations(tx),
      kecamatanCodes: await listKecamatanCodes(tx, currentAccount(req).kelurahanIds),
    };
  });
}

const isSought = ({ person }: Choices, { name, birthDate, nik }: PersonInput) =>
  name !== person.name || birthDate !== person.birthDate || nik !== null;

/** Looking for likely people by another name is counted as it is in a proposal. */
async function withinShare(req: Request, choices: Choices, form: Form<PersonInput>) {
  if (!form.input || !isSought(choices, form.input)) return form;
  return withinLookups(currentAccount(req).id, { form, field: 'name' });
}

/** Who else this may be, now that name, birth date or NIK are others; who was alike before is in the list of duplicates. */
async function findTwins(req: Request, choices: Choices, { input }: Form<PersonInput>) {
  if (!input || !isSought(choices, input)) return [];
  const { person } = choices;
  const sought = {
    name: input.name,
    birthDate: input.birthDate,
    nikIndex: input.nik === null ? null : indexNik(input.nik),
    kelurahanIds: currentAccount(req).kelurahanIds,
  };
  return asActor(actorOf(req), async (tx) => {
    const matches = await listMatches(tx, sought);
    const known = await listKnownPairs(tx, person.id);
    // A NIK of somebody else is refused by the database, whatever is ticked here.
    return matches.filter(({ personId, reason }) => !known.has(personId) && reason !== 'same_nik');
  });
}

/** A person who now looks like another is saved once somebody has said that they are two. */
function withTwinComparison(form: Form<PersonInput>, twins: Match[]): Form<PersonInput> {
  if (!form.input || twins.length === 0 || form.input.twinsCompared) return form;
  const found = twins.map(({ fullName, office, reason }) =>
    [fullName, office && officeInWords(office), likenessReasons[reason].toLowerCase()]
      .filter(Boolean)
      .join(', '),
  );
  return withError(
    form,
    'twinsCompared',
    `Mungkin sudah tercatat: ${found.join('; ')}. Bila bukan orang yang sama, centang kotak ini`,
  );
}

function withKnownCodes(form: Form<PersonInput>, choices: Choices): Form<PersonInput> {
  if (!form.input) return form;
  const { educationLevel, occupation } = form.input;
  if (!isKnown(choices.educationLevels, educationLevel))
    return withError(form, 'educationLevel', 'Pilih pendidikan dari daftar');
  if (!isKnown(choices.occupations, occupation))
    return withError(form, 'occupation', 'Pilih pekerjaan dari daftar');
  return form;
}

const isKnown = (list: { code: number }[], code: number | null) =>
  code === null || list.some((item) => item.code === code);

/** A NIK that tells another birth date, sex or region is taken once somebody has compared it with the card. */
function withNikComparison(form: Form<PersonInput>, { kecamatanCodes }: Choices) {
  const { input } = form;
  if (!input?.nik || input.nikCompared) return form;
  const warnings = nikWarnings(input.nik, { ...input, kecamatanCodes });
  if (warnings.length === 0) return form;
  const sentence = `${warnings.join('. ')}. Cocokkan dengan KTP, lalu centang kotak ini bila NIK sudah benar`;
  return withError(form, 'nikCompared', sentence);
}
