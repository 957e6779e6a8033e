import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import type { DialogueQuery } from '#src/dialogue/form.ts';
import {
  kindBadges,
  kindLabels,
  kindOfSlug,
  kindSlugs,
  mayRecord,
  placeInWords,
} from '#src/dialogue/rules.ts';
import { dialogueNotes, type NoteRow } from '#src/dialogue/statements.ts';
import { can } from '#src/access.ts';
import * as format from '#src/format.ts';
import { lateness, statusBadges } from '#src/follow-ups/rules.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { addressOf, chosenInWords, errorsAtFilter, selectsOf } from '#src/http/list-filter.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { mayReadMinutes } from '#src/minutes/rules.ts';
import { trainingFrame } from '#src/trainings/frame.ts';
import { pillars } from '#src/trainings/rules.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

const pageSize = 50;

export async function dialogueList(req: Request, res: Response, form: Form<DialogueQuery>) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const { jenis = null, pilar = null, halaman: page = 1 } = form.input ?? {};
  const [[training], notes] = await readAs(
    actorOf(req),
    trainingHeader(id),
    dialogueNotes(id, jenis && kindOfSlug[jenis], pilar, pageSize, (page - 1) * pageSize),
  );
  if (!training) throw notFound();
  const total = notes[0]?.total ?? 0;
  res.status(form.input ? 200 : 422).renderPage('dialogue/list', {
    ...trainingFrame(training, { account, current: 'Dialog' }),
    form: errorsAtFilter(form),
    filter: filterOf(form, `/pelatihan/${id}/dialog`),
    isFiltered: Boolean(form.values.jenis || form.values.pilar),
    notes: notes.map((note) => shown(note, training.kelurahanIds.length > 1)),
    total,
    mayRecord: mayRecord(account, training),
    hasMinutes: mayReadMinutes(account, training),
    mayPromise: can(account, 'follow-up:write') && mayRecord(account, training),
    isOwn: account.role === 'officer',
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    pageHref: (number: number) => hrefOf(`/pelatihan/${id}/dialog`, form.values, number),
  });
}

const shown = (note: NoteRow, namesKelurahan: boolean) => ({
  ...note,
  badge: kindBadges[note.kind],
  from: placeInWords([
    note.positionName,
    note.institutionName,
    namesKelurahan ? note.kelurahanName : null,
  ]),
  followUps: note.followUps.map((followUp) => ({
    title: followUp.text,
    note: `${followUp.ownerName}, tenggat ${format.date(followUp.dueOn)}`,
    href: `/tindak-lanjut/${followUp.id}`,
    badge: badgeOf(followUp),
  })),
  about: placeInWords([note.pillar && `Pilar ${pillars[note.pillar]}`, note.sessionTopic]),
});

function badgeOf(followUp: NoteRow['followUps'][number]) {
  const late = lateness(followUp, format.today());
  return late === null ? statusBadges[followUp.status] : { label: late, tone: 'bad' as const };
}

function filterOf(form: Form<unknown>, action: string) {
  const select = selectsOf(form);
  const selects = [
    select('jenis', 'Jenis catatan', { all: 'Semua jenis', options: kindOptions }),
    select('pilar', 'Pilar', { all: 'Semua pilar', options: pillarOptions }),
  ];
  const isFiltered = form.values.jenis || form.values.pilar;
  return { action, selects, summary: chosenInWords(selects), ...(isFiltered && { clear: action }) };
}

const kindOptions = kindSlugs.map((value) => ({ value, label: kindLabels[kindOfSlug[value]] }));
const pillarOptions = Object.entries(pillars).map(([value, label]) => ({ value, label }));

const hrefOf = (path: string, values: Record<string, string>, page: number) =>
  addressOf(path, { ...values, halaman: String(page) }, ['jenis', 'pilar', 'halaman']);
