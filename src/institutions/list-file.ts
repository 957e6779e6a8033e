import type { Request, Response } from 'express';
import type { SignedInAccount } from '#src/access.ts';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { choicesFrom, filterChoices, refuseUnknown } from '#src/institutions/choices.ts';
import type { InstitutionFilter } from '#src/institutions/form.ts';
import { renderRefused } from '#src/institutions/list-page.ts';
import { filterInWords } from '#src/institutions/list-view.ts';
import { exportQuery, type ExportRow } from '#src/institutions/listing.ts';
import { seesPhones, statusBadge } from '#src/institutions/rules.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { keptInFile } from '#src/spreadsheets.ts';

export const institutionFiles = listFiles(readList);

/** The institutions of the filter; null once a refused filter was answered. */
async function readList(req: Request, res: Response, form: Form<InstitutionFilter>) {
  const [offered] = await readAs(actorOf(req), filterChoices(form.input?.kelurahan ?? null));
  const choices = choicesFrom(offered);
  const known = refuseUnknown(form, choices, 'jenis');
  const { input } = known;
  if (!input) {
    await renderRefused(req, res, known);
    return null;
  }
  const today = format.today();
  const found = await asActor(actorOf(req), (tx) =>
    tx.$queryRaw<ExportRow[]>(exportQuery({ ...input, today })),
  );
  return {
    name: 'Lembaga',
    title: 'Daftar lembaga kemasyarakatan kelurahan',
    audited: 'institutions',
    asOf: today,
    filter: filterInWords(form.values, choices),
    place: input,
    ...keptInFile(found, 'lembaga'),
    columns: columnsFor(currentAccount(req), today),
  };
}

const columnsFor = (account: SignedInAccount, today: string): ListColumn<ExportRow>[] => [
  { label: 'Lembaga', width: 32, paper: 20, of: ({ name }) => name },
  { label: 'Jenis', width: 28, paper: 17, of: ({ typeName }) => typeName },
  { label: 'Kecamatan', width: 18, of: ({ kecamatanName }) => kecamatanName },
  { label: 'Kelurahan', width: 20, paper: 14, of: ({ kelurahanName }) => kelurahanName },
  { label: 'Ketua', width: 30, of: (row) => (row.chairInOffice ? row.chairName : null) },
  { label: 'Keterangan ketua', width: 18, of: chairStanding },
  { label: 'Ketua', paper: 22, of: chairOnPaper },
  {
    label: 'Mulai masa bakti',
    width: 16,
    paper: 11,
    group: { name: 'Masa bakti', label: 'Mulai' },
    kind: 'date',
    of: ({ startsOn }) => startsOn,
  },
  {
    label: 'Akhir masa bakti',
    width: 16,
    paper: 11,
    group: { name: 'Masa bakti', label: 'Akhir' },
    kind: 'date',
    of: ({ termEndsOn }) =>
      termEndsOn === null || termEndsOn === 'infinity' ? null : format.lastDay(termEndsOn),
  },
  { label: 'Status', width: 24, paper: 14, of: (row) => statusBadge(row, today).label },
  {
    label: 'Nomor SK',
    width: 26,
    paper: 22,
    group: { name: 'Keputusan', label: 'Nomor' },
    of: ({ decreeNumber }) => decreeNumber,
  },
  {
    label: 'Tanggal SK',
    width: 14,
    paper: 11,
    group: { name: 'Keputusan', label: 'Tanggal' },
    kind: 'date',
    of: ({ decreedOn }) => decreedOn,
  },
  { label: 'Alamat sekretariat', width: 36, of: ({ address }) => address },
  ...(seesPhones(account) ? [phoneColumn] : []),
  { label: 'Kelengkapan (%)', width: 16, paper: 13, kind: 'number', of: ({ percent }) => percent },
];

const phoneColumn: ListColumn<ExportRow> = {
  label: 'Nomor HP lembaga',
  width: 18,
  of: ({ phone }) => phone && format.phone(phone),
};

function chairStanding({ chairInOffice, chairActing }: ExportRow) {
  if (!chairInOffice) return 'Kosong';
  return chairActing ? 'Pelaksana tugas' : 'Definitif';
}

function chairOnPaper({ chairInOffice, chairActing, chairName }: ExportRow) {
  if (!chairInOffice) return 'Kosong';
  return chairActing ? `Plt. ${chairName ?? ''}` : chairName;
}
