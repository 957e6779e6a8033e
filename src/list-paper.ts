import * as format from '#src/format.ts';
import type { List, ListColumn } from '#src/list-files.ts';
import { signatoryFor, type OfficeOfList, type Signed } from '#src/list-office.ts';
import type { Block, Cell, Paper } from '#src/pdf/paper.ts';
import { letterheadOf, notesOf, signatureBlock } from '#src/pdf/signatories.ts';

type About = { exporter: string; office: OfficeOfList; chosen: Signed['ttd'] };

/** A list on A4: letterhead of its office, what it says of itself, the table, and who signs. */
export function paperOf<Row>(list: List<Row>, { exporter, office, chosen }: About): Paper {
  const { title, asOf, filter, count, notes = [] } = list;
  const columns = list.columns.flatMap(onPaper);
  return {
    title,
    orientation:
      columns.reduce((sum, { paper }) => sum + paper, 0) > 100 ? 'landscape' : 'portrait',
    asOf,
    footer: `Keadaan ${format.date(asOf)}. Diunduh dari Portal LKK oleh ${exporter}`,
    blocks: [
      ...listHead(title, office, [
        `Keadaan ${format.date(asOf)} · saringan: ${filter}`,
        count,
        ...notes,
      ]),
      ...tableOf(list, columns),
      ...signatureBlock(
        signatoryFor(office, chosen),
        { lurah: office.kelurahan, camat: office.kecamatan },
        asOf,
      ),
    ],
  };
}

/** The office's letterhead, the title, and what a printed list says of itself. */
export const listHead = (title: string, office: OfficeOfList, notes: string[]): Block[] => [
  letterheadOf({
    kecamatan: office.kecamatan?.name ?? null,
    kelurahan: office.kelurahan?.name ?? null,
    address: office.address,
  }),
  { kind: 'heading', level: 1, text: title.toUpperCase() },
  ...notesOf(notes),
];

type PaperColumn<Row> = ListColumn<Row> & { paper: number };

const onPaper = <Row>(column: ListColumn<Row>): PaperColumn<Row>[] =>
  column.paper === undefined ? [] : [{ ...column, paper: column.paper }];

function tableOf<Row>({ rows, total }: List<Row>, columns: PaperColumn<Row>[]): Block[] {
  if (rows.length === 0) return nothingFound;
  const cellsOf = (row: Row, index: number) =>
    columns.map((column) => written(column, column.of(row, index)));
  const table: Block = {
    kind: 'table',
    columns: [
      { label: 'No.', width: 6, align: 'right' },
      ...columns.map(({ label, paper, kind, group }) => ({
        label: group?.label ?? label,
        width: paper,
        ...(kind === 'number' && { align: 'right' as const }),
        ...(group && { group: group.name }),
      })),
    ],
    rows: rows.map((row, index) => [index + 1, ...cellsOf(row, index)]),
    ...(total && { total: [null, ...cellsOf(total, rows.length)] }),
  };
  return [table];
}

const nothingFound: Block[] = [
  { kind: 'text', text: 'Tidak ada yang cocok dengan saringan ini.', align: 'center' },
  { kind: 'space', millimetres: 6 },
];

function written<Row>({ kind }: ListColumn<Row>, cell: Cell): Cell {
  if (cell === null) return null;
  if (typeof cell === 'number') return format.number(cell);
  return kind === 'date' ? format.numericDate(cell) : cell;
}
