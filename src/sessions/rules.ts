/** NIST SP 800-63B rev. 4: at least 15 characters where the password is the only factor, no rule of composition. */
const shortest = 15;
const longest = 128;

/** Why this password cannot be taken, as a sentence, or null. `own` are names of the account and the city. */
export function passwordProblem(password: string, own: readonly string[]): string | null {
  const normalized = password.normalize('NFC');
  const length = Array.from(normalized).length;
  if (length < shortest)
    return `Kata sandi paling sedikit ${shortest} huruf. Beberapa kata yang mudah Anda ingat lebih kuat.`;
  if (length > longest) return `Kata sandi paling panjang ${longest} huruf`;

  const bare = bareOf(normalized);
  if (new Set(bare).size < 5)
    return 'Kata sandi ini terlalu mudah ditebak. Pakai beberapa kata yang berbeda.';
  if (knownPasswords.some((known) => bareOf(known) === bare))
    return 'Kata sandi ini dikenal banyak orang. Pakai beberapa kata pilihan Anda sendiri.';
  const words = [...own.flatMap((name) => [name, ...name.split(/[\s.,_-]+/)]), ...commonWords];
  const rest = words
    .map(bareOf)
    .filter((word) => word.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ''), bare);
  if (Array.from(rest).length < 5)
    return 'Kata sandi ini hanya berisi nama atau kata umum. Tambahkan kata lain.';
  return null;
}

const bareOf = (text: string) => text.toLowerCase().replaceAll(/[\s\d._-]/g, '');

/** Passwords that are printed somewhere: the demo's, and those of well-known lists that are long enough. */
const knownPasswords = [
  'bersolek-elok-2025',
  'correct horse battery staple',
  'qwertyuiopasdfghjkl',
  'qwertyuiopasdfghjklzxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  'iloveyouforever',
];

const commonWords = (
  'password katasandi rahasia sandi admin administrator portal lkk lurah camat ketua sekretaris bendahara staf ' +
  'pengguna kelurahan kecamatan kota kabupaten desa karangtaruna posyandu pokmas lpm pkk rukun warga tetangga ' +
  'indonesia merdeka pancasila probolinggo jawatimur qwertyuiop asdfghjkl zxcvbnm abcdefghij sayang bismillah ' +
  'selamat datang masuk welcome'
).split(' ');
