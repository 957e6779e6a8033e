/** A name as lists hold it, often in capitals and with titles: "H. AHMAD FAUZI, S.PD" is H. / Ahmad Fauzi / S.Pd. */
export function readName(text: string) {
  const [first = '', ...rest] = text.split(',');
  const words = first.trim().split(/\s+/);
  const front: string[] = [];
  while (words.length > 1) {
    const title = frontTitles.get(plain(words[0] ?? ''));
    const isTitle =
      title !== undefined && (words[0]?.endsWith('.') || alwaysTitles.has(plain(words[0] ?? '')));
    if (!isTitle) break;
    front.push(isShouted(text) ? title : (words[0] ?? title).replace(/\.?$/, '.'));
    words.shift();
  }
  const name = words.join(' ');
  const back = rest.map((part) => backTitle(part.trim())).filter((part) => part !== '');
  return {
    frontTitle: front.join(' ') || null,
    name: isShouted(name) || name === name.toLowerCase() ? capitalized(name) : name,
    backTitle: back.join(', ') || null,
  };
}

const plain = (word: string) => word.toLowerCase().replaceAll('.', '');
const frontTitles = new Map(
  ['H.', 'Hj.', 'Dr.', 'Drs.', 'Dra.', 'Ir.', 'Prof.', 'KH.', 'Ust.', 'R.', 'RA.'].map((title) => [
    plain(title),
    title,
  ]),
);
const alwaysTitles = new Set(['h', 'hj', 'drs', 'dra', 'prof', 'kh', 'ust', 'ir']);

const backTitles = new Map(
  (
    'S.Pd. S.Pd.I. S.H. S.E. S.Sos. S.T. S.Kom. S.Ag. S.IP. S.Kep. S.KM. S.P. S.Si. S.Psi. S.HI. S.AP. S.STP. ' +
    'M.Si. M.Pd. M.M. M.H. M.Ag. M.Kes. M.AP. A.Md. A.Ma. A.Md.Keb. A.Md.Kep.'
  )
    .split(' ')
    .map((title) => [plain(title), title]),
);
const backTitle = (text: string) =>
  isShouted(text) ? (backTitles.get(plain(text).replaceAll(' ', '')) ?? text) : text;

const isShouted = (text: string) => text === text.toUpperCase() && /\p{L}{2}/u.test(text);

/** AHMAD FAUZI is Ahmad Fauzi, MA'RUF is Ma'ruf, AL-AMIN is Al-Amin. */
export const capitalized = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(
      /(^|[\s\-/(.])(\p{L})/gu,
      (_all, before: string, letter: string) => before + letter.toUpperCase(),
    );

/** How many letters differ; a swap of two neighbours counts once. */
export function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 9;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 9;
}

/** The likely word that was meant, at most two letters away, or null. */
export function nearest(text: string, words: readonly string[]): string | null {
  const wanted = text.toLowerCase();
  const [best] = words
    .map((word) => ({ word, away: distance(wanted, word.toLowerCase()) }))
    .filter(({ word, away }) => away <= (word.length < 5 ? 1 : 2))
    .toSorted((a, b) => a.away - b.away);
  return best?.word ?? null;
}
