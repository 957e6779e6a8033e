import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { exporterOf, recordExport } from '#src/exports.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { officeOfList, type PlaceOfList, type Signed } from '#src/list-office.ts';
import { paperOf } from '#src/list-paper.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import type { Cell } from '#src/pdf/paper.ts';
import { buildWorkbook, sendWorkbook, type Sheet } from '#src/spreadsheets.ts';

/** A list as it leaves the portal, said once for its .xlsx and its PDF. */
export type List<Row> = {
  /** "Tindak lanjut": the sheet, and in lower case with the day the file. */
  name: string;
  title: string;
  /** The table that the audit trail names. */
  audited: string;
  /** Whose list it is: named by the audit trail and by the file. */
  training?: number;
  asOf: string;
  /** In words. */
  filter: string;
  /** What the filter narrows to, by code; the account's own place otherwise. */
  place?: PlaceOfList;
  /** "12 SK", or how many of them the file holds. */
  count: string;
  notes?: string[];
  columns: ListColumn<Row>[];
  rows: Row[];
  /** The sum below the rows. */
  total?: Row;
};

export type ListColumn<Row> = {
  label: string;
  /** Characters in the sheet; a column without stands on paper only. */
  width?: number;
  /** Hundredths of an upright page; a column without stands in the sheet only, and wider tables lie. */
  paper?: number;
  /** A neighbour of the same group stands under the same head on paper. */
  group?: { name: string; label: string };
  /** Numbers are added up; dates are calendar dates. */
  kind?: 'number' | 'date';
  of: (row: Row, index: number) => Cell;
};

/** Both files of a list. `read` answers a refused filter itself, as the page does, and gives null. */
export const listFiles = <Input, Row>(
  read: (req: Request, res: Response, form: Form<Input>) => Promise<List<Row> | null>,
) => ({
  workbook: async (req: Request, res: Response, form: Form<Input>) => {
    const list = await read(req, res, form);
    if (!list) return;
    await asActor(actorOf(req), (tx) => recordExport(tx, exportOf(list, 'xlsx')));
    sendWorkbook(
      res,
      fileNameOf(list),
      await buildWorkbook(sheetOf(list, exporterOf(currentAccount(req)))),
    );
  },

  pdf: async (req: Request, res: Response, form: Form<Input & Signed>) => {
    const list = await read(req, res, form);
    if (!list) return;
    const office = await asActor(actorOf(req), async (tx) => {
      await recordExport(tx, exportOf(list, 'pdf'));
      return officeOfList(tx, list.place ?? ownPlace, currentAccount(req));
    });
    const about = { exporter: exporterOf(currentAccount(req)), office, chosen: form.input?.ttd };
    sendPdf(res, fileNameOf(list), await buildPdf(paperOf(list, about)));
  },
});

const ownPlace: PlaceOfList = { kelurahan: null, kecamatan: null };

const exportOf = ({ audited, training, filter, rows }: Exported, format: 'xlsx' | 'pdf') => ({
  table: audited,
  details: { ...(training && { training }), format, filter, rows: rows.length },
});
type Exported = Pick<List<unknown>, 'audited' | 'training' | 'filter' | 'rows'>;

const fileNameOf = ({ name, training, asOf }: Pick<List<unknown>, 'name' | 'training' | 'asOf'>) =>
  [name.toLowerCase().replaceAll(' ', '-'), training, asOf].filter(Boolean).join('-');

function sheetOf<Row>(list: List<Row>, exporter: string): Sheet {
  const { name, title, asOf, filter, count, notes = [], rows, total } = list;
  const columns = list.columns.filter(({ width }) => width !== undefined);
  return {
    name,
    title,
    asOf,
    about: { filter, exporter, count },
    notes,
    columns: columns.map(({ label, width = 0, kind }) => ({
      label,
      width,
      ...(kind && { [kind]: true }),
    })),
    rows: [...rows, ...(total === undefined ? [] : [total])].map((row, index) =>
      columns.map(({ of }) => of(row, index)),
    ),
  };
}
