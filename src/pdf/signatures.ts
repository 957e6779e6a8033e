import type { Signature } from '#src/pdf/paper.ts';
import { heightOf, makeRoom, millimetres, write, type Sheet } from '#src/pdf/sheet.ts';

const size = 10;
const roomToSign = millimetres(20);

/** One or two signatures side by side, never torn over two pages. */
export function writeSignatures(
  sheet: Sheet,
  { left, right }: { left: Signature | null; right: Signature | null },
) {
  const width = millimetres(75);
  const columns = [
    { signature: left, x: sheet.left },
    { signature: right, x: sheet.left + sheet.width - width },
  ];
  const above = Math.max(...[left, right].map((one) => (one ? lines(one).length : 0)));
  const line = heightOf(sheet, 'X', { size }, width);
  const height = (above + 3) * line + roomToSign;
  makeRoom(sheet, height);
  for (const { signature, x } of columns) {
    if (!signature) continue;
    const own = lines(signature);
    const put = (text: string, y: number, bold = false) =>
      write(sheet, text, { size, bold, align: 'center' }, { x, y, width });
    for (const [index, text] of own.entries())
      put(text, sheet.y + (above - own.length + index) * line);
    const under = sheet.y + above * line + roomToSign;
    put(signature.name ?? '.'.repeat(40), under, true);
    const details = [signature.rank, signature.nip && `NIP ${signature.nip}`].filter(Boolean);
    for (const [index, text] of details.entries()) put(String(text), under + (index + 1) * line);
  }
  sheet.y += height;
}

const lines = (signature: Signature) => [...signature.above, `${signature.office},`];
