import type { Request, Response } from 'express';
import { can, type Actor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { masked } from '#src/imports/cells.ts';
import { findFile } from '#src/imports/files.ts';
import { badgeOf, notesOf, problemsOf } from '#src/imports/row-view.ts';
import { remarkedCopy } from '#src/imports/remarked-copy.ts';
import type { Remarks } from '#src/imports/remark-column.ts';
import { getBatch, type Batch } from '#src/imports/repository.ts';
import { listRawRows, listRows, type RawRow, type ShownRow } from '#src/imports/rows.ts';
import { outcomes } from '#src/imports/judge.ts';
import { buildWorkbook, sendWorkbook, type Sheet } from '#src/spreadsheets.ts';

const rowsAtOnce = 400;

/** The uploaded workbook with what the check says of each row in a last column; it can be mended and uploaded again. */
export async function remarksWorkbook(req: Request, res: Response) {
  const account = currentAccount(req);
  const actor = actorOf(req);
  const seesNik = ({ makerId }: Batch) => can(account, 'nik:reveal') || makerId === account.id;
  const { batch, file } = await asActor(actor, async (tx) => {
    const found = await getBatch(tx, idFrom(req));
    const details = { rows: found.rowCount };
    await tx.$executeRaw`SELECT audit.record('export', 'import_rows', ${String(found.id)}, NULL, ${details}::jsonb)`;
    return { batch: found, file: seesNik(found) ? await findFile(tx, found.id) : null };
  });
  const rows = await remarkedRows(actor, batch);
  const copy = file && (await remarkedCopy(file, bySheet(rows)));
  const bytes =
    copy ??
    (await buildWorkbook(
      sheetOf(batch, await linesOf(actor, batch, { rows, seesNik }), account.displayName),
    ));
  sendWorkbook(res, `catatan-impor-${batch.id}`, bytes);
}

type RemarkedRow = { id: number; sheet: string; row: number; remark: string };

async function remarkedRows(actor: Actor, batch: Batch): Promise<RemarkedRow[]> {
  const rows: RemarkedRow[] = [];
  for (;;) {
    const piece = await asActor(actor, (tx) =>
      listRows(tx, batch.id, { outcomes: [...outcomes], skip: rows.length, take: rowsAtOnce }),
    );
    for (const row of piece)
      rows.push({
        id: row.id,
        sheet: row.sheet,
        row: row.rowNumber,
        remark: remarkOf(row, batch),
      });
    if (piece.length < rowsAtOnce) return rows;
  }
}

function remarkOf(row: ShownRow, batch: Batch): string {
  const said = [...problemsOf(row, batch).map(({ text }) => text), ...notesOf(row)].join('. ');
  const silent = row.outcome === 'same' ? 'tidak berubah' : 'siap disimpan';
  return `${badgeOf(row).label}: ${said || (row.result === null ? silent : 'tidak ada catatan')}`;
}

function bySheet(rows: readonly RemarkedRow[]): Map<string, Remarks> {
  const sheets = new Map<string, Remarks>();
  for (const { sheet, row, remark } of rows) {
    const texts = sheets.get(sheet) ?? new Map<number, string>();
    sheets.set(sheet, texts.set(row, remark));
  }
  return sheets;
}

type Shown = { rows: RemarkedRow[]; seesNik: (batch: Batch) => boolean };

/** The rows alone, for who may not see the file or when it is gone. */
async function linesOf(
  actor: Actor,
  batch: Batch,
  { rows, seesNik }: Shown,
): Promise<Sheet['rows']> {
  const remarks = new Map(rows.map(({ id, remark }) => [id, remark]));
  const lines: Sheet['rows'] = [];
  const isOpen = seesNik(batch);
  let after = 0;
  for (;;) {
    const piece: RawRow[] = await asActor(actor, (tx) =>
      listRawRows(tx, batch.id, { after, take: rowsAtOnce }),
    );
    for (const { id, cells } of piece)
      lines.push([...cells.map((cell) => (isOpen ? cell : masked(cell))), remarks.get(id) ?? '']);
    after = piece.at(-1)?.id ?? after;
    if (piece.length < rowsAtOnce) return lines;
  }
}

const sheetOf = (batch: Batch, rows: Sheet['rows'], exporter: string): Sheet => ({
  name: 'Catatan impor',
  title: `Catatan impor ${batch.fileName}`,
  asOf: format.today(),
  about: {
    filter: `semua baris berkas ${batch.fileName}`,
    exporter,
    count: `${format.number(batch.rowCount)} baris`,
  },
  notes: [
    'Berkas aslinya tidak dapat diberikan lagi: sudah dihapus, atau hanya untuk yang mengunggahnya. Baris di bawah ini salinan isinya; nomor sel di catatan menunjuk sel berkas asli.',
    'Perbaiki menurut kolom Catatan impor, lalu unggah berkas ini lagi',
  ],
  columns: [
    ...batch.columns.map(({ label }) => ({ label, width: 18 })),
    { label: 'Catatan impor', width: 80 },
  ],
  rows,
});
