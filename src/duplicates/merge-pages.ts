import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { can, type SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { personName } from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { badRequest, notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import type { comparisonQuery, MergeInput } from '#src/duplicates/form.ts';
import {
  findSuspicion,
  findVerdict,
  getWholePerson,
  listConflicts,
  listPublicOffices,
  mergePeople,
  type WholePerson,
} from '#src/duplicates/repository.ts';
import {
  columnsTaken,
  compare,
  conflictInWords,
  likenessReasons,
  officeInWords,
  type LikenessReason,
} from '#src/duplicates/rules.ts';
import { maskNik, openNik, sealNik } from '#src/people/nik.ts';
import { listEducationLevels, listOccupations } from '#src/people/repository.ts';
import { seesPrivateFacts } from '#src/people/rules.ts';

/** Two people side by side, what each choice would keep, and the merge itself. */

export async function comparePage(
  req: Request,
  res: Response,
  query: Form<z.output<typeof comparisonQuery>>,
) {
  if (!query.input) throw notFound();
  await showComparison(req, res, query.input.dengan, null);
}

export async function merge(req: Request, res: Response, form: Form<MergeInput>) {
  const otherId = Number(form.values.otherId);
  if (!Number.isSafeInteger(otherId)) throw badRequest('otherId');
  if (!form.input) return showComparison(req, res.status(422), otherId, form);
  const { input } = form;
  try {
    const location = await once(req, form, async (tx) => {
      await mergePair(tx, req, input);
      return `/orang/${idFrom(req)}`;
    });
    leaveNotice(
      req,
      'Kedua data digabung menjadi satu. Penggabungan ini dapat dibatalkan selama 30 hari.',
    );
    res.redirect(303, location);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const refused = withError(form, refusal.field, refusal.sentence);
    await showComparison(req, res.status(refusal.status), otherId, refused);
  }
}

async function mergePair(tx: Transaction, req: Request, input: MergeInput) {
  const account = currentAccount(req);
  const pair = await getPair(tx, idFrom(req), input.otherId);
  const { own, other } = pair;
  const choice = columnsTaken(await rowsOf(tx, account, pair), input);
  if ('missing' in choice) throw new MergeRefused('nik', 'Pilih NIK mana yang benar', 422);
  if (own.mergedInto !== null || other.mergedInto !== null || isStale(pair, input))
    throw new MergeRefused('', changedSentence, 409);
  if ((await listConflicts(tx, own.id, other.id)).length > 0)
    throw new MergeRefused('', conflictSentence, 422);
  const nik = choice.taken.includes('nik') ? nikOf(other) : null;
  await mergePeople(tx, pair, {
    taken: choice.taken,
    sealed: nik === null ? null : sealNik(nik, own.id),
    index: nik === null ? null : other.nikIndex,
    by: account.displayName,
  });
}

class MergeRefused extends Error {
  readonly field: string;
  readonly status: number;
  constructor(field: string, sentence: string, status: number) {
    super(sentence);
    this.field = field;
    this.status = status;
  }
}

const changedSentence =
  'Data salah satu orang ini baru saja diubah atau digabung orang lain. Periksa lagi, lalu pilih sekali lagi.';
const conflictSentence =
  'Keduanya belum dapat digabung karena jabatan mereka berbenturan; lihat sebabnya di bawah.';
const brokenRules = [
  ['person_merges_current', changedSentence, 409],
  ['person_merges_told_apart', 'Keduanya sudah dinyatakan bukan orang yang sama.', 422],
  ['tenures_one_seat_per_institution', conflictSentence, 422],
  ['tenures_no_concurrent_office', conflictSentence, 422],
  ['tenures_term_limit', conflictSentence, 422],
  ['tenures_one_per_term_number', conflictSentence, 422],
] as const;

function refusalOf(error: unknown) {
  if (error instanceof MergeRefused)
    return { field: error.field, sentence: error.message, status: error.status };
  const broken = brokenRules.find(([constraint]) => violates(error, constraint));
  return broken && { field: '', sentence: broken[1], status: broken[2] };
}

async function showComparison(
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

async function getPair(tx: Transaction, id: number, otherId: number) {
  if (id === otherId) throw notFound();
  return { own: await getWholePerson(tx, id), other: await getWholePerson(tx, otherId) };
}
type Pair = Awaited<ReturnType<typeof getPair>>;

const isStale = ({ own, other }: Pair, input: MergeInput) =>
  own.version !== input.version || other.version !== input.otherVersion;

/** What the account may not see is compared all the same; its words are hidden. */
async function rowsOf(tx: Transaction, account: SignedInAccount, { own, other }: Pair) {
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

const nikOf = ({ id, nikSealed }: WholePerson) => (nikSealed ? openNik(nikSealed, id) : null);
const nameOf = (person: WholePerson) => ({ id: person.id, name: personName(person) });
