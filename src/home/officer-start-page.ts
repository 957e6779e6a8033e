import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { city } from '#src/city.ts';
import { attestationCall } from '#src/completeness/rules.ts';
import { readAs } from '#src/database.ts';
import { officerLine } from '#src/duties/rules.ts';
import { ownStandings } from '#src/duties/standing.ts';
import * as format from '#src/format.ts';
import { claimedCard, overdueCard, overdueFor } from '#src/follow-ups/start.ts';
import { claimedFollowUps } from '#src/follow-ups/statements.ts';
import { notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { startHead } from '#src/home/greeting.ts';
import { changesOfInstitution } from '#src/home/repository.ts';
import { changeItem } from '#src/home/rules.ts';
import { answerBadge } from '#src/invitations/rules.ts';
import { invitationsAhead } from '#src/invitations/statements.ts';
import { missingTasks, scoreTone, statusBadge, termSentence } from '#src/institutions/rules.ts';
import { institutionGaps, institutionHeader } from '#src/institutions/statements.ts';

/** A chair sees the own institution: how it stands, what is missing, and what became of the proposals. */
export async function officerStart(req: Request, res: Response) {
  const account = currentAccount(req);
  const { institutionId } = account;
  if (institutionId === null) throw notFound();
  const today = format.today();
  const [[institution], gaps, changes, offices, invitations, overdue, claimed] = await readAs(
    actorOf(req),
    institutionHeader(institutionId, today),
    institutionGaps(institutionId),
    changesOfInstitution(institutionId, city().timeZone),
    ownStandings(account, today),
    invitationsAhead(institutionId),
    overdueFor(account, today),
    claimedFollowUps(institutionId),
  );
  if (!institution) throw notFound();
  const tasks = missingTasks(institution, gaps, {
    write: can(account, 'institution:write'),
    contact: can(account, 'institution:contact'),
    propose: can(account, 'roster-change:propose'),
  });
  res.renderPage('home/start-officer', {
    head: startHead(req, today),
    institution,
    badge: statusBadge(institution, today),
    term: termSentence(institution, today),
    tone: scoreTone(institution.percent),
    unconfirmed: offices.filter(({ standing }) => standing !== 'confirmed').map(officerLine),
    call: attestationCall({ ...institution, today }),
    invitations: invitations.map(({ id, trainingId, title, startsAt, name, answer }) => ({
      title,
      note: `${name}, ${format.moment(startsAt)}`,
      href: `/pelatihan/${trainingId}/undangan/${id}/jawaban`,
      badge: answerBadge(answer),
    })),
    overdue: overdueCard(overdue, today),
    claimed: claimedCard(claimed),
    tasks: firstOwn(tasks),
    moreTasks: Math.max(0, tasks.length - shownTasks),
    changes: { total: changes[0]?.total ?? 0, items: changes.map(changeItem) },
  });
}

const shownTasks = 3;

/** What the reader can mend comes before what others have to. */
const firstOwn = <Task extends { action?: unknown }>(tasks: Task[]) =>
  [...tasks.filter(({ action }) => action), ...tasks.filter(({ action }) => !action)].slice(
    0,
    shownTasks,
  );
