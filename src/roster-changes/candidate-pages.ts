import type { Request, Response } from 'express';
import type { z } from 'zod';
import { type Transaction, asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { withinLookups } from '#src/duplicates/lookups.ts';
import { type Form, blankForm, withError } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { indexNik, sealLineNik } from '#src/people/nik.ts';
import { getDraft, keepAnswer, lineOf, showLine } from '#src/roster-changes/draft.ts';
import type {
  ContactInput,
  IdentityInput,
  NameInput,
  nomineeForm,
} from '#src/roster-changes/form.ts';
import { askAboutMatches } from '#src/roster-changes/match-pages.ts';
import { listEducationLevels, listOccupations } from '#src/roster-changes/nominees.ts';
import { type Change, type ChangeLine, getChange } from '#src/roster-changes/change.ts';
import { updateLine } from '#src/roster-changes/repository.ts';
import { listSeatsOn } from '#src/roster-changes/seats.ts';
import { nextStep, stepsOf } from '#src/roster-changes/steps.ts';

/** Who would take a seat, over four short pages. */

export async function nomineePage(req: Request, res: Response) {
  await showLine(req, res, 'roster-changes/nominee', async (tx, change, line) => ({
    form: blankForm({ nominee: nomineeOf(change, line) }),
    options: await nomineeOptions(tx, change, line),
  }));
}

export async function setNominee(
  req: Request,
  res: Response,
  form: Form<z.output<typeof nomineeForm>>,
) {
  const { change, line, options } = await asActor(actorOf(req), async (tx) => {
    const draft = await getDraft(tx, req);
    const own = lineOf(draft, req);
    return { change: draft, line: own, options: await nomineeOptions(tx, draft, own) };
  });
  const nominee = form.input?.nominee;
  if (!nominee || !options.some(({ value }) => value === nominee)) {
    const shown = form.input ? withError(form, 'nominee', 'Pilih siapa yang menjabat') : form;
    return res.status(422).renderPage('roster-changes/nominee', {
      form: shown,
      change,
      line,
      options,
      steps: stepsOf(change, 'person'),
    });
  }
  const location = await once(req, form, async (tx) => {
    const personId = /^person:(\d+)$/.exec(nominee)?.[1];
    await updateLine(tx, change, line, {
      incomingPersonId: personId ? Number(personId) : null,
      candidate: nominee === 'new' ? (line.candidate ?? {}) : null,
      ...(nominee === 'new' ? {} : { nik: null }),
    });
    return nextStep(await getChange(tx, change.id));
  });
  res.redirect(303, location);
}

export async function namePage(req: Request, res: Response) {
  await showLine(req, res, 'roster-changes/name', (_tx, _change, { candidate }) => ({
    form: blankForm({
      frontTitle: candidate?.frontTitle ?? null,
      name: candidate?.name ?? null,
      backTitle: candidate?.backTitle ?? null,
      sex: candidate?.sex ?? null,
    }),
  }));
}

export async function setName(req: Request, res: Response, form: Form<NameInput>) {
  const checked = await withinLookups(currentAccount(req).id, { form, field: 'name' });
  await keepAnswer(
    req,
    res,
    { form: checked, view: 'roster-changes/name' },
    async (tx, change, line, input) => {
      await updateLine(tx, change, line, {
        candidate: { ...line.candidate, ...input },
        incomingPersonId: null,
      });
      await askAboutMatches(tx, change.id, line.seatId);
    },
  );
}

export async function identityPage(req: Request, res: Response) {
  await showLine(req, res, 'roster-changes/identity', async (tx, _change, line) => ({
    form: blankForm({
      birthPlace: line.candidate?.birthPlace ?? null,
      birthDate: line.candidate?.birthDate ?? null,
      educationLevel: line.candidate?.educationLevel ?? null,
      occupation: line.candidate?.occupation ?? null,
    }),
    ...(await listsForIdentity(tx)),
  }));
}

export async function setIdentity(req: Request, res: Response, form: Form<IdentityInput>) {
  const dated =
    form.input?.birthDate && form.input.birthDate >= format.today()
      ? withError(form, 'birthDate', 'Tanggal lahir harus sebelum hari ini')
      : form;
  const checked = await withinLookups(currentAccount(req).id, { form: dated, field: 'birthDate' });
  await keepAnswer(
    req,
    res,
    { form: checked, view: 'roster-changes/identity', more: listsForIdentity },
    async (tx, change, line, input) => {
      const { nik, ...identity } = input;
      await updateLine(tx, change, line, {
        candidate: { ...line.candidate, ...identity },
        // The page shows only the mask of a NIK that was typed before; left empty, it stays.
        ...(nik === null
          ? {}
          : { nik: { sealed: sealLineNik(nik, line.id), index: indexNik(nik) } }),
      });
      await askAboutMatches(tx, change.id, line.seatId);
    },
  );
}

export async function contactPage(req: Request, res: Response) {
  await showLine(req, res, 'roster-changes/contact', (_tx, _change, { candidate }) => ({
    form: blankForm({
      phone: candidate?.phone ? format.phone(candidate.phone) : null,
      address: candidate?.address ?? null,
      rtNumber: candidate?.rtNumber ?? null,
      rwNumber: candidate?.rwNumber ?? null,
    }),
  }));
}

export async function setContact(req: Request, res: Response, form: Form<ContactInput>) {
  await keepAnswer(
    req,
    res,
    { form, view: 'roster-changes/contact' },
    async (tx, change, line, input) => {
      await updateLine(tx, change, line, { candidate: { ...line.candidate, ...input } });
    },
  );
}

function nomineeOf(change: Change, line: ChangeLine): string | null {
  if (line.incoming) return `person:${line.incoming.id}`;
  if (line.candidate) return 'new';
  return change.kind === 'new_board' ? 'vacant' : null;
}

/** Whoever sits in the institution today, another person, or (in a new board) nobody. */
async function nomineeOptions(tx: Transaction, change: Change, line: ChangeLine) {
  const seats = await listSeatsOn(tx, change.institution.id);
  const sitting = seats.flatMap(({ holder, name, id }) =>
    holder ? [{ ...holder, seatName: name, seatId: id }] : [],
  );
  const ordered = sitting.toSorted(
    (a, b) => Number(b.seatId === line.seatId) - Number(a.seatId === line.seatId),
  );
  return [
    ...ordered.map((person) => ({
      value: `person:${person.personId}`,
      label: person.name,
      hint:
        person.seatId === line.seatId
          ? `Tetap: sekarang ${person.seatName}`
          : `Sekarang ${person.seatName}`,
    })),
    { value: 'new', label: 'Orang lain', hint: 'Isi datanya di halaman berikut' },
    ...(change.kind === 'new_board' ? [{ value: 'vacant', label: 'Kosongkan dulu' }] : []),
  ];
}

async function listsForIdentity(tx: Transaction) {
  const levels = await listEducationLevels(tx);
  const occupations = await listOccupations(tx);
  return {
    educationOptions: levels.map(({ code, label }) => ({ value: String(code), label })),
    occupationOptions: occupations.map(({ code, label }) => ({ value: String(code), label })),
  };
}
