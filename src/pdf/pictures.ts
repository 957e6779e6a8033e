import type { Picture } from '#src/pdf/paper.ts';
import { heightOf, makeRoom, millimetres, write, type Sheet } from '#src/pdf/sheet.ts';

const gap = millimetres(6);
const tallest = millimetres(62);
const caption = { size: 8.5, align: 'center' as const };

/** Two beside each other with their captions, a row never torn over two pages. */
export function writePictures(sheet: Sheet, pictures: readonly Picture[]) {
  const width = (sheet.width - gap) / 2;
  for (let start = 0; start < pictures.length; start += 2) {
    const row = pictures.slice(start, start + 2);
    const captions = row.map(({ title }) => heightOf(sheet, title, caption, width));
    const height = tallest + millimetres(2) + Math.max(...captions) + millimetres(5);
    makeRoom(sheet, height);
    for (const [index, picture] of row.entries()) {
      const x = sheet.left + index * (width + gap);
      sheet.doc.image(Buffer.from(picture.bytes), x, sheet.y, {
        fit: [width, tallest],
        align: 'center',
        valign: 'bottom',
      });
      write(sheet, picture.title, caption, { x, y: sheet.y + tallest + millimetres(2), width });
    }
    sheet.y += height;
  }
}
