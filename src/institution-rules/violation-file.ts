import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import type { ViolationFilter } from '#src/institution-rules/form.ts';
import { listLevels } from '#src/institution-rules/repository.ts';
import { severityBadges } from '#src/institution-rules/rules.ts';
import {
  filterInWords,
  readChoices,
  refuseUnknown,
} from '#src/institution-rules/violation-filter.ts';
import { inWords, violationList } from '#src/institution-rules/violation-pages.ts';
import { listViolations } from '#src/institution-rules/violations.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';

export const violationFiles = listFiles(readViolations);

/** The violations of the filter; null once a refused filter was answered. */
async function readViolations(req: Request, res: Response, form: Form<ViolationFilter>) {
  const account = currentAccount(req);
  const found = await asActor(actorOf(req), async (tx) => {
    const choices = await readChoices(tx);
    const { input } = refuseUnknown(form, choices);
    if (!input) return null;
    const page = { within: account.kelurahanIds, limit: exportedAtMost, offset: 0 };
    const rows = await listViolations(tx, input, page);
    const levels = await listLevels(tx);
    return { input, choices, rows: rows.map((row) => inWords(row, levels)) };
  });
  if (!found) {
    await violationList(req, res, form);
    return null;
  }
  const { input, choices, rows } = found;
  const isTermOver = input.aturan === 'term_over';
  return {
    name: 'Pelanggaran aturan',
    title: isTermOver
      ? 'Daftar jabatan wajib yang menunggu pengganti'
      : 'Daftar pelanggaran aturan',
    audited: 'institution_rules',
    asOf: format.today(),
    filter: filterInWords(form, choices, account),
    place: { kelurahan: input.kelurahan, kecamatan: null },
    count: countInWords(rows[0]?.total ?? 0, isTermOver ? 'jabatan' : 'pelanggaran'),
    columns,
    rows,
  };
}

const columns: ListColumn<ReturnType<typeof inWords>>[] = [
  { label: 'Nama', width: 34, paper: 24, of: ({ personName }) => personName ?? 'Kosong' },
  { label: 'Jabatan', width: 26, paper: 18, of: ({ seatName }) => seatName },
  { label: 'Lembaga', width: 30, paper: 20, of: ({ institutionName }) => institutionName },
  { label: 'Kelurahan', width: 20, paper: 16, of: ({ kelurahanName }) => kelurahanName },
  { label: 'Menjabat sejak', width: 15, paper: 12, kind: 'date', of: ({ startOn }) => startOn },
  { label: 'Pelanggaran', width: 46, paper: 26, of: ({ words }) => words },
  { label: 'Akibat', width: 16, paper: 15, of: ({ severity }) => severityBadges[severity].label },
  { label: 'Aturan', width: 60, paper: 34, of: ({ rule }) => rule },
  { label: 'Pengecualian', width: 40, paper: 20, of: ({ exception }) => exception },
];
