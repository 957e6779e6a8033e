import { AlignmentType, Paragraph, TextRun } from 'docx';

/** Twentieths of a point, as Word counts. */
export const pageMargins = { top: 680, right: 850, bottom: 850, left: 1134 };
export const lineWidth = 11_906 - pageMargins.left - pageMargins.right;

export type Style = {
  bold?: boolean;
  centred?: boolean;
  size?: number;
  indent?: number;
  keepNext?: boolean;
};

/** A paragraph of one style. */
export const line = (text: string, { bold, centred, size, indent, keepNext }: Style = {}) =>
  new Paragraph({
    ...(centred && { alignment: AlignmentType.CENTER }),
    ...(keepNext && { keepNext }),
    ...(indent && { indent: { left: Math.round(indent) } }),
    children: [new TextRun({ text, bold: bold ?? false, ...(size && { size: Math.round(size) }) })],
  });
