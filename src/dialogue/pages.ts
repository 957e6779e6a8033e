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
    form: {
      ...form,
      errors: Object.fromEntries(
        Object.entries(form.errors).map(([name, text]) => [`filter-${name}`, text]),
      ),
    },
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

function filterOf({ values, errors }: Form<unknown>, action: string) {
  const selects = [
    {
      name: 'jenis',
      label: 'Jenis catatan',
      value: values.jenis ?? '',
      error: errors.jenis,
      options: [
        { value: '', label: 'Semua jenis' },
        ...kindSlugs.map((slug) => ({ value: slug, label: kindLabels[kindOfSlug[slug]] })),
      ],
    },
    {
      name: 'pilar',
      label: 'Pilar',
      value: values.pilar ?? '',
      error: errors.pilar,
      options: [
        { value: '', label: 'Semua pilar' },
        ...Object.entries(pillars).map(([value, label]) => ({ value, label })),
      ],
    },
  ];
  return {
    action,
    selects,
    summary: selects
      .map(({ value, options }) => options.find((option) => option.value === value)?.label ?? '')
      .join(', '),
    ...((values.jenis || values.pilar) && { clear: action }),
  };
}

function hrefOf(path: string, values: Record<string, string>, page: number): string {
  const query = new URLSearchParams();
  for (const name of ['jenis', 'pilar']) if (values[name]) query.set(name, values[name]);
  if (page > 1) query.set('halaman', String(page));
  return query.size === 0 ? path : `${path}?${query}`;
}
