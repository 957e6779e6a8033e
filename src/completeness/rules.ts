import * as format from '#src/format.ts';

/** What the score misses, by who can mend it; the counts are kept in institution_summaries. */
export const gapCodes = [
  ...(['alamat', 'hp-lembaga', 'hp-pengurus'] as const),
  ...(['tanggal-dibentuk', 'nik', 'tanggal-lahir'] as const),
  ...(['sk', 'kursi'] as const),
] as const;
export type GapCode = (typeof gapCodes)[number];

export const gapLabels: Record<GapCode, string> = {
  alamat: 'Alamat sekretariat',
  'hp-lembaga': 'Nomor HP lembaga',
  'hp-pengurus': 'Nomor HP pengurus',
  'tanggal-dibentuk': 'Tanggal dibentuk',
  nik: 'NIK pengurus',
  'tanggal-lahir': 'Tanggal lahir pengurus',
  sk: 'SK kepengurusan',
  kursi: 'Jabatan wajib yang kosong',
};

export const menders: { who: string; how: string; gaps: readonly GapCode[] }[] = [
  {
    who: 'Ketua lembaga',
    how: 'langsung berlaku',
    gaps: ['alamat', 'hp-lembaga', 'hp-pengurus'],
  },
  {
    who: 'Staf kelurahan',
    how: 'dicocokkan dengan berkas',
    gaps: ['tanggal-dibentuk', 'nik', 'tanggal-lahir'],
  },
  { who: 'Usulan kepada lurah', how: 'diputuskan dengan SK', gaps: ['sk', 'kursi'] },
];

export type Gaps = Record<GapCode, number>;

/** "alamat sekretariat, 2 jabatan wajib yang kosong": what is missing, without anybody's name. */
export function gapsInWords(gaps: Gaps): string {
  const words: Record<GapCode, string> = {
    alamat: 'alamat sekretariat',
    'hp-lembaga': 'nomor HP lembaga',
    'hp-pengurus': `nomor HP ${gaps['hp-pengurus']} pengurus`,
    'tanggal-dibentuk': 'tanggal dibentuk',
    nik: `NIK ${gaps.nik} pengurus`,
    'tanggal-lahir': `tanggal lahir ${gaps['tanggal-lahir']} pengurus`,
    sk: 'SK kepengurusan',
    kursi: `${gaps.kursi} jabatan wajib kosong`,
  };
  return listed.format(gapCodes.filter((code) => gaps[code] > 0).map((code) => words[code]));
}
const listed = new Intl.ListFormat('id', { type: 'conjunction' });

export const orders = [
  ...(['kelengkapan', '-kelengkapan', 'kemutakhiran', '-kemutakhiran'] as const),
  ...(['nama', '-nama'] as const),
] as const;
export type Order = (typeof orders)[number];

/** Half a year, the time between two cycles: what nobody changed or confirmed since is old. */
export const staleDays = 180;

/** "hari ini", "12 hari" */
export const freshness = (days: number) => (days <= 0 ? 'hari ini' : `${format.number(days)} hari`);

export const freshnessTone = (days: number): 'warn' | 'bad' | undefined =>
  days <= staleDays ? undefined : days <= 2 * staleDays ? 'warn' : 'bad';

export const attestationStates = ['sudah', 'berubah', 'belum'] as const;
export type AttestationState = (typeof attestationStates)[number];
export type Cycle = { id: number; name: string; startsOn: string; dueOn: string };

const badges = {
  sudah: { label: 'Dinyatakan', tone: 'good' },
  berubah: { label: 'Berubah sejak dinyatakan', tone: 'warn' },
  belum: { label: 'Belum dinyatakan' },
  late: { label: 'Terlambat', tone: 'bad' },
} as const;

/** How an attestation stands in the cycle; after its last day what is not attested is late. */
export const attestationBadge = (state: AttestationState, dueOn: string, today: string) =>
  state === 'belum' && today > dueOn ? badges.late : badges[state];

/** Asks whoever may attest for the statement that is still open. */
export function attestationCall(about: {
  id: number;
  attestation: AttestationState;
  cycleName: string | null;
  cycleDueOn: string | null;
  today: string;
}) {
  const { id, attestation, cycleName, cycleDueOn, today } = about;
  if (cycleName === null || cycleDueOn === null || attestation !== 'belum') return null;
  const late = today > cycleDueOn;
  return {
    tone: late ? 'bad' : 'warn',
    title: `Pernyataan data ${cycleName} menunggu Anda.`,
    text: late
      ? `Seharusnya dikirim paling lambat ${format.date(cycleDueOn)}.`
      : `Periksa data lembaga, paling lambat ${format.date(cycleDueOn)}. Selesai dalam dua menit.`,
    action: { label: 'Periksa sekarang', href: `/lembaga/${id}/pernyataan` },
  };
}

export const greetings = ['assalamualaikum', 'pagi', 'siang', 'sore', 'malam'] as const;
export type Greeting = (typeof greetings)[number];
export const greetingWords: Record<Greeting, string> = {
  assalamualaikum: 'Assalamu’alaikum',
  pagi: 'Selamat pagi',
  siang: 'Selamat siang',
  sore: 'Selamat sore',
  malam: 'Selamat malam',
};

type Reminder = {
  greeting: Greeting;
  institutionName: string;
  missing: string;
  attestation: string | null;
  before: string;
  link: string;
  kelurahanName: string;
};

/** The text of ux.md, section 8, without any personal data: neither who gets it nor who sends it is named. */
export function reminderText(about: Reminder): string {
  const wanted = [
    about.missing && `belum lengkap: ${about.missing}`,
    about.attestation && `belum dinyatakan untuk ${about.attestation}`,
  ].filter(Boolean);
  const done = about.missing ? 'dilengkapi' : 'dinyatakan';
  return (
    `${greetingWords[about.greeting]}, Bapak/Ibu Ketua ${about.institutionName}. Data lembaga di Portal LKK ${wanted.join(', dan ')}. ` +
    `Mohon ${done} sebelum ${format.date(about.before)}: ${about.link}. Terima kasih. — Kelurahan ${about.kelurahanName}`
  );
}

type KelurahanReminder = {
  kelurahanName: string;
  incomplete: number;
  unattested: number;
  cycle: Cycle | null;
  link: string;
};

/** What a camat or the city sends to a kelurahan: how much is left to do there; null where nothing is. */
export function kelurahanReminderText(about: KelurahanReminder): string | null {
  const { kelurahanName, incomplete, unattested, cycle, link } = about;
  const left = [
    incomplete > 0 && `${format.number(incomplete)} lembaga belum lengkap datanya`,
    cycle !== null &&
      unattested > 0 &&
      `${format.number(unattested)} belum dinyatakan untuk ${cycle.name} (paling lambat ${format.date(cycle.dueOn)})`,
  ].filter((part) => part !== false);
  return left.length === 0
    ? null
    : `Yth. Bapak/Ibu Lurah dan staf Kelurahan ${kelurahanName}. Di Portal LKK masih ada ${listed.format(left)}. Mohon ditindaklanjuti: ${link}. Terima kasih.`;
}
