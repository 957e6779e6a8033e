import type { Request, Response } from 'express';
import { asActor, readAs } from '#src/database.ts';
import { exporterOf, recordExport, recordExportAs } from '#src/exports.ts';
import * as format from '#src/format.ts';
import { notFound, tooManyTries } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { institutionHeader } from '#src/institutions/statements.ts';
import type { RosterNikInput, RosterQuery } from '#src/officers/form.ts';
import { boardOn, officerRoster } from '#src/officers/pages.ts';
import { boardsOf } from '#src/officers/repository.ts';
import { rosterSheetOn } from '#src/officers/sheet-lines.ts';
import { sightOf, type NikByPerson } from '#src/officers/sheet.ts';
import { rosterWorkbook } from '#src/officers/workbook.ts';
import {
  listNiks,
  listPeopleWithNik,
  minutesToNextReveal,
  recordReveals,
} from '#src/people/repository.ts';
import { buildWorkbook, sendWorkbook } from '#src/spreadsheets.ts';

export async function officerWorkbook(req: Request, res: Response, form: Form<RosterQuery>) {
  if (!form.input) return officerRoster(req, res, form);

  const day = form.input.tanggal ?? format.today();
  const { header, lines, boards } = await readSheet(req, day);
  await recordExportAs(actorOf(req), {
    table: 'tenures',
    id: header.id,
    details: { day, rows: lines.length },
  });
  await sendRoster(req, res, { header, lines, boards, day, niks: null });
}

/** Asks why the NIK are needed before there is a file. */
export async function officerNikPage(req: Request, res: Response, form: Form<RosterQuery>) {
  if (!form.input) throw notFound();
  await showNikForm(req, res, blankForm({ tanggal: form.input.tanggal }));
}

/**
 * The roster with its NIK. Each person's reveal is written before the first NIK is opened, in one transaction: no row,
 * no NIK. They count towards the reveals of an hour like any other.
 */
export async function officerNikWorkbook(req: Request, res: Response, form: Form<RosterNikInput>) {
  const { input } = form;
  if (!input) return showNikForm(req, res.status(422), form);

  const day = input.tanggal ?? format.today();
  const { header, lines, boards } = await readSheet(req, day);
  const niks = await asActor(actorOf(req), async (tx) => {
    const minutes = await minutesToNextReveal(tx, currentAccount(req).id);
    if (minutes > 0) throw tooManyTries(minutes * 60);
    const people = await listPeopleWithNik(
      tx,
      lines.flatMap(({ personId }) => personId ?? []),
    );
    await recordReveals(tx, people, input.reason);
    const details = { day, rows: lines.length, niks: people.length };
    await recordExport(tx, { table: 'tenures', id: header.id, reason: input.reason, details });
    return listNiks(tx, people);
  });
  await sendRoster(req, res, { header, lines, boards, day, niks });
}

type Roster = Awaited<ReturnType<typeof readSheet>> & { day: string; niks: NikByPerson };

async function sendRoster(req: Request, res: Response, { boards, day, ...roster }: Roster) {
  const account = currentAccount(req);
  const sheet = rosterWorkbook({
    ...roster,
    board: boardOn(boards, day),
    day,
    exporter: exporterOf(account),
    sight: sightOf(account),
  });
  sendWorkbook(res, `pengurus-${roster.header.id}-${day}`, await buildWorkbook(sheet));
}

async function showNikForm(req: Request, res: Response, form: Form<unknown>) {
  const [[header]] = await readAs(actorOf(req), institutionHeader(idFrom(req), format.today()));
  if (!header) throw notFound();
  res.renderPage('officers/nik', { institution: header, form });
}

async function readSheet(req: Request, day: string) {
  const id = idFrom(req);
  const { privateFacts, phones } = sightOf(currentAccount(req));
  const [[header], lines, boards] = await readAs(
    actorOf(req),
    institutionHeader(id, format.today()),
    rosterSheetOn(id, day, privateFacts, phones),
    boardsOf(id),
  );
  if (!header) throw notFound();
  return { header, lines, boards };
}
