import type { Request, Response } from 'express';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { institutionHeader } from '#src/institutions/statements.ts';
import { roleLabel } from '#src/navigation.ts';
import type { RosterQuery } from '#src/officers/form.ts';
import { boardOn, officerRoster } from '#src/officers/pages.ts';
import { boardsOf } from '#src/officers/repository.ts';
import { rosterSheetOn } from '#src/officers/sheet-lines.ts';
import { sightOf } from '#src/officers/sheet.ts';
import { rosterWorkbook } from '#src/officers/workbook.ts';
import { buildWorkbook, sendWorkbook } from '#src/spreadsheets.ts';

export async function officerWorkbook(req: Request, res: Response, form: Form<RosterQuery>) {
  if (!form.input) return officerRoster(req, res, form);

  const day = form.input.tanggal ?? format.today();
  const { header, lines, boards } = await readSheet(req, day);
  await asActor(actorOf(req), async (tx) => {
    const details = { day, rows: lines.length };
    await tx.$executeRaw`SELECT audit.record('export', 'tenures', ${String(header.id)}, NULL, ${details}::jsonb)`;
  });
  const account = currentAccount(req);
  const sheet = rosterWorkbook({
    header,
    lines,
    board: boardOn(boards, day),
    day,
    exporter: `${account.displayName}, ${roleLabel(account)}`,
    sight: sightOf(account),
    niks: null,
  });
  sendWorkbook(res, `pengurus-${header.id}-${day}`, await buildWorkbook(sheet));
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
