import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { followUpDetail, followUpSteps, type FollowUp } from '#src/follow-ups/detail-statements.ts';
import {
  askerJudges,
  lateness,
  mayConfirm,
  mayReopen,
  mayWork,
  statusBadges,
} from '#src/follow-ups/rules.ts';
import { pillars, type Pillar } from '#src/trainings/rules.ts';

export async function followUpPage(req: Request, res: Response) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const [[followUp], steps] = await readAs(actorOf(req), followUpDetail(id), followUpSteps(id));
  if (!followUp) throw notFound();
  const today = format.today();
  const late = lateness(followUp, today);
  res.renderPage('follow-ups/detail', {
    followUp,
    badges: [
      statusBadges[followUp.status],
      ...(late === null ? [] : [{ label: late, tone: 'bad' as const }]),
    ],
    next: nextInWords(followUp),
    mayStart: mayWork(account, followUp) && followUp.status !== 'in_progress',
    mayClaim: mayWork(account, followUp),
    mayConfirm: mayConfirm(account, followUp),
    mayReopen: mayReopen(account, followUp),
    key: blankForm().key,
    facts: factsOf(followUp, can(account, 'training:read')),
    steps: steps.map(({ status, note, recordedByName, at }) => ({
      title: stepTitles[status],
      when: format.moment(at),
      by: recordedByName,
      note,
      ...stepTones[status],
    })),
  });
}

const stepTitles = {
  open: 'Dicatat',
  in_progress: 'Mulai dikerjakan',
  claimed: 'Dinyatakan selesai',
  confirmed: 'Dikonfirmasi selesai',
  reopened: 'Dibuka lagi',
} as const;
const stepTones = {
  open: {},
  in_progress: {},
  claimed: { tone: 'warn' },
  confirmed: { tone: 'good' },
  reopened: { tone: 'bad' },
} as const;

/** Who acts next. */
function nextInWords(followUp: FollowUp): string {
  const asker = askerJudges(followUp)
    ? (followUp.institutionName ?? 'lembaga penanya')
    : (followUp.organiserName ?? 'penyelenggara');
  const words = {
    open: `Menunggu dikerjakan ${followUp.ownerName}`,
    in_progress: `Sedang dikerjakan ${followUp.ownerName}`,
    reopened: `Belum selesai menurut ${asker}; menunggu ${followUp.ownerName}`,
    claimed: `Dinyatakan selesai. Menunggu konfirmasi ${asker}`,
    confirmed: `Sudah selesai menurut ${asker}`,
  }[followUp.status];
  // A name may end in a title, such as "M.Si."
  return words.endsWith('.') ? words : `${words}.`;
}

function factsOf(followUp: FollowUp, mayReadTraining: boolean) {
  const { pillar, trainingTitle } = followUp;
  const training = `/pelatihan/${followUp.trainingId}/dialog#catatan-${followUp.noteId}`;
  return [
    { label: 'Penanggung jawab', value: followUp.ownerName },
    { label: 'Tenggat', value: format.fullDate(followUp.dueOn) },
    ...(followUp.askerName === null
      ? []
      : [
          {
            label: 'Diminta oleh',
            value: [followUp.askerName, followUp.institutionName].filter(Boolean).join(', '),
          },
          { label: 'Yang disampaikan', value: followUp.noteText },
        ]),
    ...(trainingTitle === null
      ? []
      : [
          {
            label: 'Pelatihan',
            value: trainingTitle,
            ...(mayReadTraining && { href: training }),
          },
        ]),
    ...(pillar === null ? [] : [{ label: 'Pilar', value: pillars[pillar as Pillar] }]),
    { label: 'Kelurahan', value: followUp.kelurahanName, empty: 'Kelurahan lain' },
  ];
}
