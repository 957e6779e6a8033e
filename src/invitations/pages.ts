import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
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
import { organises, trainingFrame } from '#src/trainings/frame.ts';
import { isOpen } from '#src/trainings/rules.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

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
  const count = rows[0]?.total ?? 0;
  res.status(form.input ? 200 : 422).renderPage('invitations/list', {
    ...trainingFrame(training, { account, current: 'Undangan' }),
    form,
    base: `/pelatihan/${id}/undangan`,
    counts,
    figures: figuresOf(id, counts),
    isToTell: isToTell(training, counts) && organises(account, training),
    over: overCapacity(counts.capacity, counts.all),
    answers: answerFilters.map((value) => ({ value, label: filterLabels[value] })),
    tellings: tellingFilters.map((value) => ({ value, label: tellingLabels[value] })),
    types: types.map(({ code, name }) => ({ value: code, label: name })),
    rows: rows.map((row) => ({
      ...row,
      badge: answerBadge(row.answer),
      telling:
        training.isSent && training.status !== 'finished' ? tellingBadges[row.telling] : null,
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
export const isToTell = ({ isSent, status }: { isSent: boolean; status: string }, counts: Counts) =>
  isSent && status !== 'finished' && counts.all > 0;

const figuresOf = (id: number, counts: Counts) => [
  { label: 'Diundang', value: format.number(counts.all), href: hrefOf(id, {}) },
  ...answerFilters.map((jawaban) => ({
    label: filterLabels[jawaban],
    value: format.number(counts[answerOfFilter[jawaban]]),
    href: hrefOf(id, { jawaban }),
  })),
];

function hrefOf(id: number, values: Record<string, string>, ending = ''): string {
  const query = new URLSearchParams();
  for (const name of ['cari', 'jawaban', 'jenis', 'kabar', 'halaman']) {
    const value = values[name];
    if (value && !(name === 'halaman' && value === '1')) query.set(name, value);
  }
  return `/pelatihan/${id}/undangan${ending}${query.size > 0 ? `?${query}` : ''}`;
}

export const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');
