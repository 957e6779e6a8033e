import { AlignmentType, ImageRun, Paragraph, TextRun } from 'docx';
import type { Picture } from '#src/pdf/paper.ts';

/** Pixels at 96 to the inch: two thirds of the line. */
const widest = 420;
const tallest = 300;

/** One below the other, each kept with its caption. */
export const pictures = (all: readonly Picture[]): Paragraph[] =>
  all.flatMap(({ title, bytes, width, height }) => {
    const scale = Math.min(widest / width, tallest / height, 1);
    return [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        keepNext: true,
        children: [
          new ImageRun({
            type: 'jpg',
            data: bytes,
            transformation: {
              width: Math.round(width * scale),
              height: Math.round(height * scale),
            },
            altText: { name: title, title, description: title },
          }),
        ],
      }),
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { after: 200 },
        children: [new TextRun({ text: title, size: 19 })],
      }),
    ];
  });
