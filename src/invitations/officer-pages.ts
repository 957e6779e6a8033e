import type { Request, Response } from 'express';
import type { Transaction } from '#src/database.ts';
import { today } from '#src/format.ts';
import { type Form, withError } from '#src/http/forms.ts';
import type { Candidate } from '#src/invitations/candidates.ts';
import { candidatesFor, invite, whileComposed } from '#src/invitations/composing.ts';
import type { InstitutionQuery, OfficerInput, OfficerQuery } from '#src/invitations/form.ts';
import { officersIn } from '#src/invitations/form.ts';
import { institutionsLike, shownAtMost, tenuresLike } from '#src/invitations/lookups.ts';
import { escapeLike } from '#src/queries.ts';
import type { StoredTraining } from '#src/trainings/repository.ts';

/** Institutions to choose from, by a part of their name. */
export async function institutionChoicePage(
  req: Request,
  res: Response,
  form: Form<InstitutionQuery>,
) {
  const cari = form.input?.cari ?? '';
  const { training, institutions } = await whileComposed(req, async (tx, found) => ({
    institutions: await institutionsLike(tx, found, { text: escapeLike(cari), day: today() }),
  }));
  res.status(form.input ? 200 : 422).renderPage('invitations/institutions', {
    training,
    form,
    base: `/pelatihan/${training.id}/undangan`,
    institutions,
    isCut: institutions.length === shownAtMost,
  });
}

/** Officers to tick: all of an institution, or those with a part of a name. */
export async function officerChoicePage(req: Request, res: Response, form: Form<OfficerQuery>) {
  await renderOfficers(req, res, form);
}

export async function inviteChosen(req: Request, res: Response, form: Form<OfficerInput>) {
  const tenureIds = form.input ? officersIn(form.input) : [];
  if (tenureIds.length > 0) return invite(req, res, form, { tenureIds });
  const none = withError(form, 'pengurus1', 'Pilih paling sedikit satu pengurus');
  await renderOfficers(req, res, none, {
    cari: form.input?.cari ?? null,
    lembaga: form.input?.lembaga,
    belum: form.input?.belum,
  });
}

type Asked = { cari: string | null; lembaga?: number | undefined; belum?: 'on' | undefined };

async function renderOfficers(
  req: Request,
  res: Response,
  form: Form<OfficerQuery>,
  given: Asked = form.input ?? { cari: null },
) {
  // A name is looked for everywhere, also from the page of an institution.
  const asked = given.cari ? { ...given, lembaga: undefined } : given;
  const { training, officers } = await whileComposed(req, async (tx, found) => ({
    officers: await officersFor(tx, found, asked),
  }));
  res.status(form.input ? 200 : 422).renderPage('invitations/officers', {
    training,
    form,
    base: `/pelatihan/${training.id}/undangan`,
    asked: { cari: asked.cari ?? '', lembaga: asked.lembaga ?? '', belum: asked.belum ?? '' },
    officers,
    hasNew: officers.some(({ isListed }) => !isListed),
  });
}

async function officersFor(
  tx: Transaction,
  training: StoredTraining,
  { cari, lembaga, belum }: Asked,
): Promise<Candidate[]> {
  const untrained = belum === 'on';
  if (lembaga !== undefined) {
    const all = await candidatesFor(tx, training, { institutionIds: [lembaga], untrained });
    return all.slice(0, 200);
  }
  if (cari === null) return [];
  const found = { text: escapeLike(cari), day: today() };
  const tenureIds = await tenuresLike(tx, training.kelurahanIds, found);
  return candidatesFor(tx, training, { tenureIds, untrained });
}
