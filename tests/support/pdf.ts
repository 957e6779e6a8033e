import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import decodeQr from 'qr/decode.js';

/** The words of each page of a PDF. */
export async function readPdf(file: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(file), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join(' ')
        .replaceAll(/\s+/g, ' '),
    );
  }
  return pages;
}

/** What the QR codes of a PDF say, drawn as one path of squares each. */
export async function readQrCodes(file: Buffer): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(file), verbosity: 0 }).promise;
  const codes: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { fnArray, argsArray } = await (await document.getPage(number)).getOperatorList();
    for (const [index, operator] of fnArray.entries()) {
      if (operator !== OPS.constructPath) continue;
      const path: Float32Array | undefined = argsArray[index][1][0];
      const squares = squaresOf([...(path ?? [])]);
      if (squares.length > 100) codes.push(decodeQr(pictureOf(squares)));
    }
  }
  return codes;
}

type Square = { x: number; y: number; side: number };

/** A square is move, three lines and close: 0 x y 1 x y 1 x y 1 x y 4. */
function squaresOf(path: readonly number[]): Square[] {
  const squares: Square[] = [];
  for (let at = 0; at + 13 <= path.length; at += 13) {
    const [, x = 0, y = 0, , right = 0] = path.slice(at, at + 13);
    squares.push({ x, y, side: right - x });
  }
  return squares;
}

/** Four pixels to the point, with a quiet margin. */
function pictureOf(squares: readonly Square[]) {
  const scale = 4;
  const margin = 40;
  const left = Math.min(...squares.map(({ x }) => x));
  const top = Math.min(...squares.map(({ y }) => y));
  const right = Math.max(...squares.map(({ x, side }) => x + side));
  const size = Math.ceil((right - left) * scale) + 2 * margin;
  const data = new Uint8Array(size * size * 4).fill(255);
  for (const { x, y, side } of squares) {
    const [fromX, fromY] = [x - left, y - top].map((at) => Math.round(at * scale) + margin);
    const pixels = Math.round(side * scale);
    for (let row = fromY ?? 0; row < (fromY ?? 0) + pixels; row += 1) {
      const start = (row * size + (fromX ?? 0)) * 4;
      data.fill(0, start, start + pixels * 4);
    }
  }
  return { width: size, height: size, data };
}
