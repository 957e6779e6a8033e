import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { masked } from '#src/imports/cells.ts';
import {
  getBatch,
  listRawRows,
  listRows,
  type Batch,
  type ShownRow,
} from '#src/imports/repository.ts';
import { outcomes } from '#src/imports/judge.ts';
import { notesOf, problemsOf } from '#src/imports/preview.ts';
import { buildWorkbook, sendWorkbook, type Sheet } from '#src/spreadsheets.ts';

const rowsAtOnce = 400;

/** The rows of the file as they came, with what the check says of each in a last column; it can be mended and uploaded again. */
export async function remarksWorkbook(req: Request, res: Response) {
  const account = currentAccount(req);
  const actor = actorOf(req);
  const batch = await asActor(actor, async (tx) => {
    const found = await getBatch(tx, idFrom(req));
    const details = { rows: found.rowCount };
    await tx.$executeRaw`SELECT audit.record('export', 'import_rows', ${String(found.id)}, NULL, ${details}::jsonb)`;
    return found;
  });
  const seesNik = can(account, 'nik:reveal') || batch.makerId === account.id;
  const lines: Sheet['rows'] = [];
  let after = 0;
  while (lines.length < batch.rowCount) {
    const [raw, shown] = await asActor(actor, async (tx) => [
      await listRawRows(tx, batch.id, { after, take: rowsAtOnce }),
      await listRows(tx, batch.id, {
        outcomes: [...outcomes],
        skip: lines.length,
        take: rowsAtOnce,
      }),
    ]);
    if (raw.length === 0) break;
    const remarks = new Map(shown.map((row) => [row.id, remarkOf(row, batch)]));
    for (const { id, cells } of raw)
      lines.push([...cells.map((cell) => (seesNik ? cell : masked(cell))), remarks.get(id) ?? '']);
    after = raw.at(-1)?.id ?? after;
  }
  sendWorkbook(
    res,
    `catatan-impor-${batch.id}`,
    await buildWorkbook(sheetOf(batch, lines, account.displayName)),
  );
}

const remarkOf = (row: ShownRow, batch: Batch) =>
  [...problemsOf(row, batch).map(({ text }) => text), ...notesOf(row)].join('. ') ||
  (row.outcome === 'same' ? 'Tidak berubah' : 'Siap disimpan');

const sheetOf = (batch: Batch, rows: Sheet['rows'], exporter: string): Sheet => ({
  name: 'Catatan impor',
  title: `Catatan impor ${batch.fileName}`,
  asOf: format.today(),
  about: {
    filter: `semua baris berkas ${batch.fileName}`,
    exporter,
    count: `${format.number(batch.rowCount)} baris`,
  },
  notes: ['Perbaiki menurut kolom Catatan impor, lalu unggah berkas ini lagi'],
  columns: [
    ...batch.columns.map(({ label }) => ({ label, width: 18 })),
    { label: 'Catatan impor', width: 80 },
  ],
  rows,
});
