import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { recordExportAs, sheetHead } from '#src/exports.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { seesPhones } from '#src/institutions/rules.ts';
import type { InvitationQuery } from '#src/invitations/form.ts';
import { filterOf, invitationsPage } from '#src/invitations/pages.ts';
import { answerBadge, filterLabels, tellingLabels } from '#src/invitations/rules.ts';
import { invitationList, invitedTypes, type Invitation } from '#src/invitations/statements.ts';
import { buildWorkbook, exportedAtMost, sendWorkbook, type Sheet } from '#src/spreadsheets.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

/** The list of invitees with its filter as .xlsx; what leaves the portal is recorded. */
export async function invitationWorkbook(req: Request, res: Response, form: Form<InvitationQuery>) {
  if (!form.input) return invitationsPage(req, res, form);
  const id = idFrom(req);
  const [[training], types, rows] = await readAs(
    actorOf(req),
    trainingHeader(id),
    invitedTypes(id),
    invitationList(id, ...filterOf(form.input), exportedAtMost, 0),
  );
  if (!training) throw notFound();
  const account = currentAccount(req);
  const filter = filterInWords(form.input, types);
  await recordExportAs(actorOf(req), {
    table: 'training_invitations',
    details: { filter, rows: rows.length },
  });
  const sheet: Sheet = {
    name: 'Undangan',
    title: `Daftar undangan ${training.title}`,
    ...sheetHead(account, { filter, total: rows[0]?.total ?? 0, what: 'undangan' }),
    ...tableOf(rows, seesPhones(account)),
  };
  sendWorkbook(res, `undangan-${id}-${sheet.asOf}`, await buildWorkbook(sheet));
}

function tableOf(rows: readonly Invitation[], phones: boolean): Pick<Sheet, 'columns' | 'rows'> {
  return {
    columns: [
      { label: 'No', width: 6, number: true },
      { label: 'Nama', width: 32 },
      { label: 'Jabatan', width: 26 },
      { label: 'Lembaga', width: 28 },
      { label: 'Kelurahan', width: 22 },
      ...(phones ? [{ label: 'No HP', width: 18 }] : []),
      { label: 'Jawaban', width: 16 },
      { label: 'Yang mewakili', width: 28 },
      { label: 'Alasan izin', width: 36 },
    ],
    rows: rows.map((row, index) => [
      index + 1,
      row.name,
      row.positionName || null,
      row.institutionName || null,
      row.kelurahanName || null,
      ...(phones ? [row.phone && format.phone(row.phone)] : []),
      answerBadge(row.answer).label,
      row.delegateName,
      row.answerNote,
    ]),
  };
}

function filterInWords(
  { cari, jawaban, jenis, kabar }: InvitationQuery,
  types: readonly { code: string; name: string }[],
): string {
  const type = types.find(({ code }) => code === jenis)?.name ?? jenis;
  return [
    jawaban ? filterLabels[jawaban] : 'Semua jawaban',
    type ?? 'semua unsur',
    kabar ? tellingLabels[kabar] : null,
    cari ? `“${cari}”` : null,
  ]
    .filter(Boolean)
    .join(', ');
}
