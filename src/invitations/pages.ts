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
  const { cari = null, jawaban, jenis = null, halaman: page = 1 } = form.input ?? {};
  const [[training], [counts], types, rows] = await readAs(
    actorOf(req),
    trainingHeader(id),
    invitationCounts(id),
    invitedTypes(id),
    invitationList(
      id,
      cari && escapeLike(cari),
      jawaban ? answerOfFilter[jawaban] : null,
      jenis,
      pageSize,
      (page - 1) * pageSize,
    ),
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
    over: overCapacity(counts.capacity, counts.all),
    answers: answerFilters.map((value) => ({ value, label: filterLabels[value] })),
    types: types.map(({ code, name }) => ({ value: code, label: name })),
    rows: rows.map((row) => ({
      ...row,
      badge: answerBadge(row.answer),
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
  });
}

const figuresOf = (id: number, counts: Counts) => [
  { label: 'Diundang', value: format.number(counts.all), href: hrefOf(id, {}) },
  ...answerFilters.map((jawaban) => ({
    label: filterLabels[jawaban],
    value: format.number(counts[answerOfFilter[jawaban]]),
    href: hrefOf(id, { jawaban }),
  })),
];

function hrefOf(id: number, values: Record<string, string>): string {
  const query = new URLSearchParams();
  for (const name of ['cari', 'jawaban', 'jenis', 'halaman']) {
    const value = values[name];
    if (value && !(name === 'halaman' && value === '1')) query.set(name, value);
  }
  return `/pelatihan/${id}/undangan${query.size > 0 ? `?${query}` : ''}`;
}

export const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');
