import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { exporterOf, recordExportAs } from '#src/exports.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import type { RosterPdfQuery } from '#src/officers/form.ts';
import { boardOn, officerRoster, readRoster } from '#src/officers/pages.ts';
import { rosterPaper } from '#src/officers/paper.ts';
import { rosterSheetOn } from '#src/officers/sheet-lines.ts';
import { sightOf } from '#src/officers/sheet.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';

export async function officerPdf(req: Request, res: Response, form: Form<RosterPdfQuery>) {
  if (!form.input) return officerRoster(req, res, { ...form, input: undefined });

  const today = format.today();
  const day = form.input.tanggal ?? today;
  const { header, roster, boards, account } = await readRoster(req, day, today);
  const sight = sightOf(account);
  const [lines] = await readAs(
    actorOf(req),
    rosterSheetOn(header.id, day, sight.privateFacts, sight.phones),
  );
  await recordExportAs(actorOf(req), {
    table: 'tenures',
    id: header.id,
    details: { format: 'pdf', day, rows: roster.length },
  });
  const paper = rosterPaper({
    header,
    roster,
    board: boardOn(boards, day),
    day,
    today,
    exporter: exporterOf(account),
    phones: sight.phones,
    lines,
    sight,
    signatory: form.input.ttd,
  });
  sendPdf(res, `pengurus-${header.id}-${day}`, await buildPdf(paper));
}
