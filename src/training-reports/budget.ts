/** Lines of spending as staff write them: uraian; volume; satuan; harga satuan; realisasi (whole rupiah). */

export type Spending = {
  what: string;
  volume: number;
  unit: string;
  price: number;
  spent: number;
};

/** The lines, or a sentence that names the first one that is no line of spending. */
export function spendingIn(text: string): { lines: Spending[] } | { problem: string } {
  const lines: Spending[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = spendingOf(line);
    if (!parsed)
      return {
        problem: `Baris ${index + 1} belum lengkap. Tulis uraian; volume; satuan; harga satuan; realisasi, contoh Konsumsi; 61; orang; 25000; 1500000`,
      };
    lines.push(parsed);
  }
  return { lines };
}

function spendingOf(line: string): Spending | null {
  const [what = '', volume = '', unit = '', price = '', spent = '', ...more] = line
    .split(';')
    .map((part) => part.trim());
  const numbers = [volume, price, spent].map(amountOf);
  const [count, each, used] = numbers;
  if (what === '' || unit === '' || more.length > 0) return null;
  if (count == null || each == null || used == null) return null;
  return { what, volume: count, unit, price: each, spent: used };
}

/** "1.500.000", "Rp25000"; no part of a rupiah. */
function amountOf(text: string): number | null {
  const digits = text.replace(/^Rp\s?/i, '').replaceAll(/\.(?=\d{3}(\D|$))/g, '');
  return /^\d{1,12}$/.test(digits) ? Number(digits) : null;
}
