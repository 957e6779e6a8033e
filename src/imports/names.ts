/** A name as lists hold it, often in capitals and with titles: "H. AHMAD FAUZI, S.PD" is H. / Ahmad Fauzi / S.Pd. */
export function readName(text: string) {
  const [first = '', ...rest] = text.split(',');
  const words = first.trim().split(/\s+/);
  const isPlain = isShouted(text) || text === text.toLowerCase();
  const front = takeFrontTitles(words, isPlain ? 'canonical' : 'written');
  const trailing = takeBackTitles(words, isShouted(text) ? bareTitles : noTitles);
  const back = rest.flatMap((part) => backTitlesIn(part.trim()));
  const name = words.join(' ');
  return {
    frontTitle: front.join(' ') || null,
    name: isShouted(name) || name === name.toLowerCase() ? capitalized(name) : name,
    backTitle: [...trailing, ...back].join(', ') || null,
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

/** Takes the titles off the front of the words; the last word is always the name. */
function takeFrontTitles(words: string[], spelling: 'canonical' | 'written'): string[] {
  const front: string[] = [];
  for (;;) {
    splitGlued(words);
    const [word = '', next] = words;
    const title = frontTitles.get(plain(word));
    if (next === undefined || title === undefined) return front;
    if (!word.endsWith('.') && !alwaysTitles.has(plain(word))) return front;
    // In small letters it is a physician's, with a capital a doctorate.
    const isPhysician = word.startsWith('dr');
    const isCanonical = spelling === 'canonical' && !(isPhysician && plain(word) === 'dr');
    front.push(isCanonical ? title : word.replace(/\.?$/, '.'));
    words.shift();
  }
}

/** "H.Ahmad" is two words, and "HM. Yusuf" is Haji M. Yusuf. */
function splitGlued(words: string[]) {
  const [word = '', next] = words;
  if (frontTitles.has(plain(word))) return;
  if (next !== undefined && /^h\.?m\.?$/i.test(word)) {
    words.splice(0, 1, 'H.', 'M.');
    return;
  }
  const [, title = '', rest = ''] = /^(\p{L}{1,4}\.)(\p{L}.+)$/u.exec(word) ?? [];
  if (frontTitles.has(plain(title))) words.splice(0, 1, title, rest);
}

const backTitles = new Map(
  (
    'S.Pd. S.Pd.I. S.H. S.E. S.Sos. S.T. S.Kom. S.Ag. S.IP. S.Kep. S.KM. S.P. S.Si. S.Psi. S.HI. S.AP. S.STP. ' +
    'M.Si. M.Pd. M.M. M.H. M.Ag. M.Kes. M.AP. A.Md. A.Ma. A.Md.Keb. A.Md.Kep.'
  )
    .split(' ')
    .map((title) => [plain(title), title]),
);
/** What is no name even without its full stops, where the whole text is in capitals. */
const bareTitles = new Set(
  'spd spdi sh se st ssos skom skm skep ssi spsi shi sstp msi mpd mm mh mkes amd'.split(' '),
);
const noTitles = new Set<string>();

/** Takes the titles that stand behind the name without a comma. */
function takeBackTitles(words: string[], bare: ReadonlySet<string>): string[] {
  const back: string[] = [];
  while (words.length > 1) {
    const count = words.length > 2 && /^[sma]\.$/i.test(words.at(-2) ?? '') ? 2 : 1;
    const written = words.slice(-count).join('');
    const title = backTitles.get(plain(written));
    const isTitle = /\p{L}\.\p{L}{2}|^\p{L}\.\p{L}\.$/u.test(written) || bare.has(plain(written));
    if (!title || !isTitle) return back;
    back.unshift(title);
    words.splice(-count);
  }
  return back;
}

/** Titles between two commas; as they are written where somebody took care to. */
function backTitlesIn(text: string): string[] {
  if (text === '') return [];
  if (!isShouted(text) && text !== text.toLowerCase()) return [text];
  const whole = backTitles.get(plain(text).replaceAll(' ', ''));
  if (whole) return [whole];
  const each = text.split(/\s+/).map((word) => backTitles.get(plain(word)));
  return each.every((title) => title !== undefined) ? each : [text];
}

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
