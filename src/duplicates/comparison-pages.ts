import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { can, type SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import type { comparisonQuery, MergeInput } from '#src/duplicates/form.ts';
import { getWholePerson, listConflicts, type WholePerson } from '#src/duplicates/merges.ts';
import { findVerdict, listPublicOffices } from '#src/duplicates/repository.ts';
import {
  compare,
  conflictInWords,
  likenessReasons,
  officeInWords,
  type LikenessReason,
} from '#src/duplicates/rules.ts';
import { findSuspicion } from '#src/duplicates/suspicions.ts';
import { personName } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { maskNik, openNik } from '#src/people/nik.ts';
import { listEducationLevels, listOccupations } from '#src/people/repository.ts';
import { seesPrivateFacts } from '#src/people/rules.ts';

/** Two people side by side, and what each choice would keep. */

export async function comparePage(
  req: Request,
  res: Response,
  query: Form<z.output<typeof comparisonQuery>>,
) {
  if (!query.input) throw notFound();
  await showComparison(req, res, query.input.dengan, null);
}

export async function showComparison(
  req: Request,
  res: Response,
  otherId: number,
  sent: Form<MergeInput> | null,
) {
  const account = currentAccount(req);
  const model = await asActor(actorOf(req), async (tx) => {
    const pair = await getPair(tx, idFrom(req), otherId);
    const suspicion = await findSuspicion(tx, pair.own.id, otherId);
    return {
      ...pair,
      rows: await rowsOf(tx, account, pair),
      verdict: await findVerdict(tx, pair.own.id, otherId),
      reason: suspicion && likenessReasons[suspicion.reason as LikenessReason],
      ...(await officesOf(tx, pair)),
    };
  });
  const merged = [model.own, model.other].find(({ mergedInto }) => mergedInto !== null);
  if (merged && !sent) return res.redirect(303, `/orang/${merged.id}`);
  res.renderPage('duplicates/compare', {
    ...model,
    own: nameOf(model.own),
    other: nameOf(model.other),
    merged: merged !== undefined,
    apartKey: randomUUID(),
    form: formOf(model, sent),
  });
}

/** Choices that were made stay; the versions are those of what is shown now. */
function formOf(
  model: { own: WholePerson; other: WholePerson; rows: Awaited<ReturnType<typeof rowsOf>> },
  sent: Form<MergeInput> | null,
) {
  const proposed = Object.fromEntries(model.rows.map(({ name, chosen }) => [name, chosen]));
  const versions = { version: model.own.version, otherVersion: model.other.version };
  const blank = blankForm({ ...proposed, ...sent?.values, ...versions });
  return sent ? { ...blank, errors: sent.errors } : blank;
}

export async function getPair(tx: Transaction, id: number, otherId: number) {
  if (id === otherId) throw notFound();
  return { own: await getWholePerson(tx, id), other: await getWholePerson(tx, otherId) };
}
export type Pair = Awaited<ReturnType<typeof getPair>>;

/** What the account may not see is compared all the same; its words are hidden. */
export async function rowsOf(tx: Transaction, account: SignedInAccount, { own, other }: Pair) {
  const rows = compare(
    { ...own, nik: nikOf(own) },
    { ...other, nik: nikOf(other) },
    { educationLevels: await listEducationLevels(tx), occupations: await listOccupations(tx) },
  );
  return rows.map((row) => ({
    ...row,
    own: shown(account, row.name, row.own),
    other: shown(account, row.name, row.other),
  }));
}

const privateFields = new Set(['birthPlace', 'birthDate', 'home', 'phone']);

function shown(account: SignedInAccount, name: string, value: string | null): string | null {
  if (value === null) return null;
  if (name === 'nik') return can(account, 'nik:reveal') ? maskNik(value) : 'Tercatat';
  return privateFields.has(name) && !seesPrivateFacts(account.role) ? 'Tercatat' : value;
}

async function officesOf(tx: Transaction, { own, other }: Pair) {
  const offices = await listPublicOffices(tx, [own.id, other.id]);
  const conflicts = await listConflicts(tx, own.id, other.id);
  const byTenure = new Map(offices.map((office) => [office.tenureId, office]));
  const inWords = (personId: number) =>
    offices.filter((office) => office.personId === personId).map(officeInWords);
  return {
    ownOffices: inWords(own.id),
    otherOffices: inWords(other.id),
    conflicts: conflicts.flatMap(({ rule, tenureId, otherTenureId }) => {
      const [office, otherOffice] = [byTenure.get(tenureId), byTenure.get(otherTenureId)];
      return office && otherOffice ? [conflictInWords({ rule, office, otherOffice })] : [];
    }),
  };
}

export const nikOf = ({ id, nikSealed }: WholePerson) =>
  nikSealed ? openNik(nikSealed, id) : null;
const nameOf = (person: WholePerson) => ({ id: person.id, name: personName(person) });
