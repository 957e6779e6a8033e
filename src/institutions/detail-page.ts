import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { city } from '#src/city.ts';
import { attestationCall, freshness } from '#src/completeness/rules.ts';
import { readAs } from '#src/database.ts';
import {
  institutionCard,
  institutionDialogues,
  institutionFollowUps,
} from '#src/follow-ups/institution.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { institutionFrame } from '#src/institutions/frame.ts';
import { eventInWords } from '#src/institutions/history.ts';
import { missingTasks, scoreTone, seesPhones } from '#src/institutions/rules.ts';
import { institutionHistory } from '#src/institutions/history-statement.ts';
import {
  institutionGaps,
  institutionHeader,
  waitingChanges,
  type InstitutionHeader,
} from '#src/institutions/statements.ts';
import { rosterOn } from '#src/officers/repository.ts';
import { organisationChart, rosterLines } from '#src/officers/rules.ts';
import { trainedOfficers } from '#src/training-coverage/statements.ts';
import { changeTitle } from '#src/roster-changes/rules.ts';

/** The first page of an institution: who holds which seat today, what is missing, what waits and what happened last. */
export async function institutionOverview(req: Request, res: Response) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const today = format.today();
  const [[header], roster, waiting, gaps, events, trained, promises, dialogues] = await readAs(
    actorOf(req),
    institutionHeader(id, today),
    rosterOn(id, today),
    waitingChanges(id),
    institutionGaps(id),
    institutionHistory(id, today, 3, city().timeZone),
    trainedOfficers(id, today),
    institutionFollowUps(id),
    institutionDialogues(id),
  );
  if (!header) throw notFound();
  const may = {
    write: can(account, 'institution:write'),
    contact: can(account, 'institution:contact'),
    propose: can(account, 'roster-change:propose'),
    readChanges: can(account, 'roster-change:read'),
  };
  const tasks = missingTasks(header, gaps, may);
  res.renderPage('institutions/overview', {
    ...institutionFrame(header, account, today, 'Ringkasan'),
    institution: header,
    may,
    phones: seesPhones(account),
    waiting: waiting.map((change) => ({
      href: may.readChanges ? `/usulan/${change.id}` : null,
      by: change.makerName,
      title: changeTitle({ ...change, termLabel: termLabel(change) }),
    })),
    lines: rosterLines(roster),
    // An officer sees of other institutions nobody's trainings, which is not that there were none.
    trained: account.institutionId === null || account.institutionId === id ? trained : [],
    dialogue: institutionCard(promises, dialogues, today),
    chart: organisationChart(roster),
    tasks: tasks.slice(0, 5),
    moreTasks: tasks.slice(5),
    tone: scoreTone(header.percent),
    freshness: freshness(header.freshDays),
    call: account.role === 'officer' ? attestationCall({ ...header, today }) : null,
    attestationHref: header.cycleName === null ? null : `/lembaga/${id}/pernyataan`,
    events: events.map((event) => eventInWords(event, may.readChanges)),
    facts: factsOf(header, seesPhones(account)),
  });
}

export async function institutionEvents(req: Request, res: Response) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const today = format.today();
  const limit = 200;
  const [[header], events] = await readAs(
    actorOf(req),
    institutionHeader(id, today),
    institutionHistory(id, today, limit, city().timeZone),
  );
  if (!header) throw notFound();
  res.renderPage('institutions/history', {
    ...institutionFrame(header, account, today, 'Riwayat'),
    events: events.map((event) => eventInWords(event, can(account, 'roster-change:read'))),
    limit,
  });
}

function factsOf(header: InstitutionHeader, phones: boolean) {
  return [
    { label: 'Jenis', value: header.typeName },
    {
      label: 'Wilayah',
      value: `Kelurahan ${header.kelurahanName}, Kecamatan ${header.kecamatanName}`,
    },
    ...(header.parentId === null
      ? []
      : [{ label: 'Bagian dari', value: header.parentName, href: `/lembaga/${header.parentId}` }]),
    { label: 'Sekretariat', value: header.address },
    ...(phones
      ? [
          {
            label: 'Nomor HP',
            value: header.phone && format.phone(header.phone),
            href: header.phone && `tel:${header.phone}`,
          },
        ]
      : []),
    { label: 'Surel', value: header.email },
    { label: 'Dibentuk', value: header.foundedOn && format.date(header.foundedOn) },
    { label: 'Dasar pembentukan', value: header.foundingDecree },
    { label: 'Nomor registrasi', value: header.registrationNumber },
    { label: 'Ruang lingkup', value: header.scope },
  ];
}

const termLabel = (change: { termStartsOn: string | null; termEndsOn: string | null }) =>
  change.termStartsOn && format.term(change.termStartsOn, change.termEndsOn);
