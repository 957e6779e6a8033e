import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { addressOf } from '#src/http/list-filter.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import type { InvitationQuery } from '#src/invitations/form.ts';
import {
  answerBadge,
  answerFilters,
  answerOfFilter,
  filterLabels,
  overCapacity,
  takesAnswers,
  type Telling,
  tellingBadges,
  tellingFilters,
  tellingLabels,
  tellingOfFilter,
} from '#src/invitations/rules.ts';
import {
  type Counts,
  invitationCounts,
  invitationList,
  invitedTypes,
  pageSize,
} from '#src/invitations/statements.ts';
import { seesPhones } from '#src/institutions/rules.ts';
import { signedPdf } from '#src/list-office.ts';
import { escapeLike } from '#src/queries.ts';
import { organises, trainingFrame } from '#src/trainings/frame.ts';
import { isOpen } from '#src/trainings/rules.ts';
import { type TrainingHeader, trainingHeader } from '#src/trainings/statements.ts';

/** Who is invited and what they answered; the organiser composes the list here until it is sent. */
export async function invitationsPage(req: Request, res: Response, form: Form<InvitationQuery>) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const page = form.input?.halaman ?? 1;
  const [[training], [counts], types, rows] = await readAs(
    actorOf(req),
    trainingHeader(id),
    invitationCounts(id),
    invitedTypes(id),
    invitationList(id, ...filterOf(form.input), pageSize, (page - 1) * pageSize),
  );
  if (!training || !counts) throw notFound();
  const mayPlan = organises(account, training) && isOpen(training.status);
  const tells = isToTell(training, counts) && organises(account, training);
  const count = rows[0]?.total ?? 0;
  res.status(form.input ? 200 : 422).renderPage('invitations/list', {
    ...trainingFrame(training, { account, current: 'Undangan' }),
    form,
    base: `/pelatihan/${id}/undangan`,
    counts,
    figures: figuresOf(id, counts),
    isToTell: tells,
    call: tells ? callToTell(training, counts) : null,
    over: overCapacity(counts.capacity, counts.all),
    answers: answerFilters.map((value) => ({ value, label: filterLabels[value] })),
    tellings: filtersOf(training).map((value) => ({ value, label: tellingLabels[value] })),
    types: types.map(({ code, name }) => ({ value: code, label: name })),
    rows: rows.map((row) => ({
      ...row,
      badge: answerBadge(row.answer),
      telling: tells ? badgeOf(training, row.telling) : null,
      removeKey: blankForm().key,
    })),
    mayCompose: mayPlan && !training.isSent,
    maySend: mayPlan && !training.isSent && training.status === 'scheduled' && counts.all > 0,
    phones: seesPhones(account),
    mayAnswer:
      can(account, 'training:answer') && training.isSent && takesAnswers(training, new Date()),
    count,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(count / pageSize)),
    summary: `${format.number((page - 1) * pageSize + 1)}–${format.number((page - 1) * pageSize + rows.length)} dari ${format.number(count)} undangan`,
    href: (number: number) => hrefOf(id, { ...form.values, halaman: String(number) }),
    fileHref: hrefOf(id, { ...form.values, halaman: '' }, '.xlsx'),
    pdf: signedPdf(currentAccount(req), `/pelatihan/${id}/undangan.pdf`, form.values),
  });
}

/** The values of a filter as the statement of the list takes them. */
export const filterOf = (
  input: InvitationQuery | undefined,
): [string | null, string | null, string | null, Telling | null] => [
  input?.cari ? escapeLike(input.cari) : null,
  input?.jawaban ? answerOfFilter[input.jawaban] : null,
  input?.jenis ?? null,
  input?.kabar ? tellingOfFilter[input.kabar] : null,
];

/** Until it is over, whoever does not know yet or knows an older day is told. */
export const isToTell = (
  { isSent, status, endsAt }: Pick<TrainingHeader, 'isSent' | 'status' | 'endsAt'>,
  counts: Counts,
) => isSent && status !== 'finished' && (endsAt === null || endsAt > new Date()) && counts.all > 0;

/** Nobody is told that something is off of which they never heard. */
export const filtersOf = ({ status }: { status: string }) =>
  tellingFilters.filter((filter) => status !== 'cancelled' || filter !== 'belum');
export const badgeOf = ({ status }: { status: string }, telling: Telling) =>
  status === 'cancelled' && telling === 'unsent' ? null : tellingBadges[telling];

/** Whom the organiser has to tell next. */
function callToTell({ status }: TrainingHeader, { again, unsent }: Counts) {
  const isOff = status === 'cancelled';
  if (again === 0 && (isOff || unsent === 0)) return null;
  const changed = isOff ? 'Pelatihan dibatalkan' : 'Waktu atau tempat berubah';
  return {
    tone: again > 0 ? 'warn' : 'info',
    title:
      again > 0
        ? `${format.number(again)} orang perlu diberi tahu lagi.`
        : `${format.number(unsent)} orang belum dikirimi undangan.`,
    text: again > 0 ? `${changed} setelah mereka diberi tahu.` : '',
  };
}

const figuresOf = (id: number, counts: Counts) => [
  { label: 'Diundang', value: format.number(counts.all), href: hrefOf(id, {}) },
  ...answerFilters.map((jawaban) => ({
    label: filterLabels[jawaban],
    value: format.number(counts[answerOfFilter[jawaban]]),
    href: hrefOf(id, { jawaban }),
  })),
];

const hrefOf = (id: number, values: Record<string, string>, ending = '') =>
  addressOf(`/pelatihan/${id}/undangan${ending}`, values, [
    'cari',
    'jawaban',
    'jenis',
    'kabar',
    'halaman',
  ]);
