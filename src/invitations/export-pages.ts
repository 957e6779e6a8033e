import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { seesPhones } from '#src/institutions/rules.ts';
import type { InvitationQuery } from '#src/invitations/form.ts';
import { filterOf, invitationsPage } from '#src/invitations/pages.ts';
import { answerBadge, filterLabels, tellingLabels } from '#src/invitations/rules.ts';
import { invitationList, invitedTypes, type Invitation } from '#src/invitations/statements.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

export const invitationFiles = listFiles(readInvitations);

/** The invitees of a training with the filter of its page; null once a refused filter was answered. */
async function readInvitations(req: Request, res: Response, form: Form<InvitationQuery>) {
  if (!form.input) {
    await invitationsPage(req, res, form);
    return null;
  }
  const id = idFrom(req);
  const [[training], types, rows] = await readAs(
    actorOf(req),
    trainingHeader(id),
    invitedTypes(id),
    invitationList(id, ...filterOf(form.input), exportedAtMost, 0),
  );
  if (!training) throw notFound();
  return {
    name: 'Undangan',
    title: `Daftar undangan ${training.title}`,
    audited: 'training_invitations',
    training: id,
    asOf: format.today(),
    filter: filterInWords(form.input, types),
    count: countInWords(rows[0]?.total ?? 0, 'undangan'),
    columns: seesPhones(currentAccount(req)) ? columns : columns.filter(({ of }) => of !== phoneOf),
    rows,
  };
}

const phoneOf = ({ phone }: Invitation) => phone && format.phone(phone);

const columns: ListColumn<Invitation>[] = [
  { label: 'No', width: 6, kind: 'number', of: (_, index) => index + 1 },
  { label: 'Nama', width: 32, paper: 24, of: ({ name }) => name },
  { label: 'Jabatan', width: 26, paper: 18, of: ({ positionName }) => positionName || null },
  { label: 'Lembaga', width: 28, paper: 20, of: ({ institutionName }) => institutionName || null },
  { label: 'Kelurahan', width: 22, paper: 16, of: ({ kelurahanName }) => kelurahanName || null },
  { label: 'No HP', width: 18, paper: 14, of: phoneOf },
  { label: 'Jawaban', width: 16, paper: 12, of: ({ answer }) => answerBadge(answer).label },
  { label: 'Yang mewakili', width: 28, paper: 18, of: ({ delegateName }) => delegateName },
  { label: 'Alasan izin', width: 36, paper: 20, of: ({ answerNote }) => answerNote },
];

const filterInWords = (
  { cari, jawaban, jenis, kabar }: InvitationQuery,
  types: readonly { code: string; name: string }[],
) =>
  [
    jawaban ? filterLabels[jawaban] : 'Semua jawaban',
    types.find(({ code }) => code === jenis)?.name ?? jenis ?? 'semua unsur',
    kabar ? tellingLabels[kabar] : null,
    cari ? `“${cari}”` : null,
  ]
    .filter(Boolean)
    .join(', ');
