import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import type { AskedQuery } from '#src/duties/form.ts';
import { askedOfficers, filterOf, filterView, offeredTo } from '#src/duties/list-pages.ts';
import { confirmationInWords, standingBadges } from '#src/duties/rules.ts';
import { countStandings, listStandings, type OfficerStanding } from '#src/duties/standing.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import { filterChoices } from '#src/institutions/choices.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';

export const askedFiles = listFiles(readAsked);

/** Officers by what became of their confirmation; null once a refused filter was answered. */
async function readAsked(req: Request, res: Response, form: Form<AskedQuery>) {
  const { input } = form;
  if (!input) {
    await askedOfficers(req, res, form);
    return null;
  }
  const { filter, wanted } = filterOf(req, input);
  const [offered, rows, [counted]] = await readAs(
    actorOf(req),
    filterChoices(input.kelurahan),
    listStandings(filter, { ...wanted, limit: exportedAtMost, offset: 0 }),
    countStandings(filter, wanted),
  );
  const institution = input.lembaga === null ? null : rows[0]?.institutionName;
  return {
    name: 'Konfirmasi pengurus',
    title: 'Konfirmasi uraian tugas oleh pengurus',
    audited: 'duty_confirmations',
    asOf: wanted.today,
    filter: format.choices([institution, filterView(form, offeredTo(input, offered)).summary]),
    place: input,
    count: countInWords(counted?.count ?? 0, 'pengurus'),
    columns,
    rows,
  };
}

const columns: ListColumn<OfficerStanding>[] = [
  { label: 'Nama', width: 34, paper: 26, of: ({ personName }) => personName },
  { label: 'Jabatan', width: 28, paper: 22, of: ({ seatName }) => seatName },
  { label: 'Lembaga', width: 32, paper: 24, of: ({ institutionName }) => institutionName },
  { label: 'Jenis', width: 18, paper: 14, of: ({ typeName }) => typeName },
  { label: 'Kelurahan', width: 20, paper: 17, of: ({ kelurahanName }) => kelurahanName },
  { label: 'Keadaan', width: 22, paper: 15, of: ({ standing }) => standingBadges[standing].label },
  { label: 'Konfirmasi terakhir', width: 60, paper: 32, of: lastConfirmation },
];

function lastConfirmation({ confirmedOn, means, confirmedByName }: OfficerStanding) {
  if (confirmedOn === null) return null;
  return confirmationInWords({
    confirmedOn,
    means: means ?? '',
    confirmedByName: confirmedByName ?? '',
  });
}
