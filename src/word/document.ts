import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  PageBreak,
  Packer,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type FileChild,
} from 'docx';
import type { Block, Cell, Clause, Column, Paper } from '#src/pdf/paper.ts';
import { line, lineWidth, pageMargins } from '#src/word/line.ts';
import { signatures } from '#src/word/signatures.ts';
import { pictures } from '#src/word/pictures.ts';

/** The bytes of a paper as .docx. */
export async function writeWord(paper: Paper): Promise<Buffer> {
  const document = new Document({
    title: paper.title,
    creator: 'Portal LKK',
    styles: { default: { document: { run: { font: 'Arial', size: 22 } } } },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: pageMargins } },
        footers: { default: new Footer({ children: [line(paper.footer, { size: 15 })] }) },
        children: paper.blocks.flatMap(childrenOf),
      },
    ],
  });
  return Packer.toBuffer(document);
}

function childrenOf(block: Block): FileChild[] {
  switch (block.kind) {
    case 'letterhead':
      return letterhead(block.lines, block.address);
    case 'heading':
      return [line(block.text, { bold: true, centred: block.level === 1 })];
    case 'text':
      return [line(block.text, { bold: block.bold ?? false, centred: block.align === 'center' })];
    case 'table':
      return [table(block.columns, block.rows), line('')];
    case 'clauses':
      return block.clauses.flatMap(clause);
    case 'signatures':
      return signatures([block.left, block.right]);
    case 'list':
      return [
        line(block.title, { bold: true }),
        ...block.items.map((item, index) => line(`${index + 1}. ${item}`)),
      ];
    case 'aside':
      return [
        line(block.title, { bold: true, indent: lineWidth / 2 }),
        ...block.lines.map(([label, value]) =>
          line(`${label} : ${value}`, { indent: lineWidth / 2 }),
        ),
        line(''),
      ];
    case 'reference':
      return [block.dated, ...block.lines.map((pair) => pair.join(' : ')), ''].map((text) =>
        line(text),
      );
    case 'qr':
      return [`${block.label}: ${block.code}`, ...block.lines, block.url].map((text) => line(text));
    case 'pictures':
      return pictures(block.pictures);
    case 'space':
      return [line('', { size: block.millimetres * 4 })];
    case 'room':
      return [];
    case 'page':
      return [new Paragraph({ children: [new PageBreak()] })];
  }
}

const letterhead = (lines: string[], address: string | null) => [
  ...lines.map((text, index) =>
    line(text.toUpperCase(), { centred: true, bold: index === lines.length - 1 }),
  ),
  new Paragraph({
    alignment: AlignmentType.CENTER,
    border: { bottom: { style: BorderStyle.DOUBLE, size: 6, space: 4, color: '000000' } },
    children: [new TextRun({ text: address ?? '', size: 17 })],
  }),
  line(''),
];

const clause = ({ label, items }: Clause) =>
  items.map(
    ({ mark, text }, index) =>
      new Paragraph({
        alignment: AlignmentType.JUSTIFIED,
        indent: { left: mark ? 2500 : 2050, hanging: mark ? 2500 : 2050 },
        tabStops: [1800, 2050, 2500].map((position) => ({ type: 'left' as const, position })),
        spacing: { after: 60 },
        children: [
          new TextRun({
            children: [
              ...(index === 0 ? [label, new Tab(), ':'] : [new Tab()]),
              new Tab(),
              ...(mark ? [mark, new Tab()] : []),
              text,
            ],
          }),
        ],
      }),
  );

function table(columns: Column[], rows: Cell[][]): Table {
  const shares = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => Math.round((width / shares) * lineWidth));
  const row = (cells: Cell[], isHead: boolean) =>
    new TableRow({
      cantSplit: true,
      tableHeader: isHead,
      children: cells.map(
        (cell, index) =>
          new TableCell({
            width: { size: widths[index] ?? 0, type: WidthType.DXA },
            margins: { left: 80, right: 80, top: 40, bottom: 40 },
            children: [line(String(cell ?? ''), { bold: isHead, centred: isHead, size: 19 })],
          }),
      ),
    });
  return new Table({
    width: { size: lineWidth, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      row(
        columns.map(({ label }) => label),
        true,
      ),
      ...rows.map((cells) => row(cells, false)),
    ],
  });
}
