import {
  Table,
  TableBorders,
  TableCell,
  TableRow,
  WidthType,
  type FileChild,
  type Paragraph,
} from 'docx';
import type { Signature } from '#src/pdf/paper.ts';
import { line, lineWidth, type Style } from '#src/word/line.ts';

/** Who answers for it signs right; who knows of it, left, in a table without lines. */
export function signatures([left, right]: [Signature | null, Signature | null]): FileChild[] {
  if (!right) return [];
  if (!left) return signature(right, { indent: lineWidth * 0.55 });
  const cell = (one: Signature) =>
    new TableCell({
      width: { size: lineWidth / 2, type: WidthType.DXA },
      children: signature(one, {}),
    });
  return [
    new Table({
      width: { size: lineWidth, type: WidthType.DXA },
      columnWidths: [lineWidth / 2, lineWidth / 2],
      borders: TableBorders.NONE,
      rows: [new TableRow({ cantSplit: true, children: [cell(left), cell(right)] })],
    }),
  ];
}

/** The office, the room for a pen and the name stay on one sheet. */
function signature({ above, office, name, rank, nip }: Signature, style: Style): Paragraph[] {
  const details = [rank, nip && `NIP ${nip}`].filter((text) => text !== null);
  const lines = [
    ...[...above, `${office},`, '', '', ''].map((text) => ({ text, ...style })),
    { text: name ?? '.'.repeat(40), ...style, bold: true },
    ...details.map((text) => ({ text, ...style })),
  ];
  return lines.map(({ text, ...how }, index) =>
    line(text, { ...how, keepNext: index < lines.length - 1 }),
  );
}
