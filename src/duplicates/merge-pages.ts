import type { Request, Response } from 'express';
import type { Transaction } from '#src/database.ts';
import {
  showComparison,
  getPair,
  type Pair,
  rowsOf,
  nikOf,
} from '#src/duplicates/comparison-pages.ts';
import type { MergeInput } from '#src/duplicates/form.ts';
import { listConflicts, mergePeople } from '#src/duplicates/merges.ts';
import { columnsTaken } from '#src/duplicates/rules.ts';
import { violates } from '#src/http/database-errors.ts';
import { badRequest } from '#src/http/errors.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { sealNik } from '#src/people/nik.ts';

/** The merge of two people, or why it is refused. */

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

const isStale = ({ own, other }: Pair, input: MergeInput) =>
  own.version !== input.version || other.version !== input.otherVersion;
