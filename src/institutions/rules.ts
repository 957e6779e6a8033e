import type { SignedInAccount } from '#src/access.ts';
import * as format from '#src/format.ts';

export const institutionStatuses = [
  'sk-berlaku',
  'sk-segera',
  'sk-berakhir',
  'belum-ada-sk',
  'ketua-kosong',
  'tidak-aktif',
] as const;
export type InstitutionStatus = (typeof institutionStatuses)[number];

export const statusLabels: Record<InstitutionStatus, string> = {
  'sk-berlaku': 'SK berlaku',
  'sk-segera': 'SK berakhir dalam 90 hari',
  'sk-berakhir': 'SK berakhir',
  'belum-ada-sk': 'Belum ada SK',
  'ketua-kosong': 'Ketua kosong',
  'tidak-aktif': 'Tidak aktif',
};

export const institutionOrders = [
  ...(['nama', '-nama', 'jenis', '-jenis', 'kelurahan', '-kelurahan'] as const),
  ...(['masa-bakti', '-masa-bakti', 'kelengkapan', '-kelengkapan'] as const),
] as const;
export type InstitutionOrder = (typeof institutionOrders)[number];

/** A decree that ends within so many days asks for a new board (ux.md: "SK segera berakhir"). */
export const daysOfWarning = 90;

/** The database's word for a term that ends with another office. */
const openEnd = 'infinity';

type Badge = { label: string; tone?: 'good' | 'warn' | 'bad' };
/** `termEndsOn` is the day after the last day, `'infinity'`, or null without a board. */
type Term = { status: string; termEndsOn: string | null };

export function statusBadge({ status, termEndsOn }: Term, today: string): Badge {
  if (status === 'proposed') return { label: 'Diusulkan', tone: 'warn' };
  if (status === 'dissolved') return { label: 'Dibubarkan', tone: 'bad' };
  if (status === 'merged') return { label: 'Digabung', tone: 'bad' };
  if (status !== 'active') return { label: 'Tidak aktif', tone: 'bad' };
  return decreeBadge(termEndsOn, today);
}

export function decreeBadge(termEndsOn: string | null, today: string): Badge {
  if (termEndsOn === null) return { label: 'Belum ada SK', tone: 'warn' };
  if (termEndsOn === openEnd) return { label: 'SK berlaku', tone: 'good' };
  const days = format.daysBetween(today, termEndsOn);
  if (days <= 0) return { label: 'SK berakhir', tone: 'bad' };
  if (days <= daysOfWarning) return { label: `SK berakhir ${days} hari lagi`, tone: 'warn' };
  return { label: 'SK berlaku', tone: 'good' };
}

/** "Masa bakti 2025–2030, SK berlaku sampai 6 Mei 2030" */
export function termSentence(
  term: { startsOn: string | null; termEndsOn: string | null },
  today: string,
): string {
  const { startsOn, termEndsOn } = term;
  if (startsOn === null || termEndsOn === null) return 'Belum ada masa bakti tercatat';
  if (termEndsOn === openEnd) return `Masa bakti sejak ${format.date(startsOn)}`;
  const word = termEndsOn <= today ? 'berakhir' : 'berlaku sampai';
  return `Masa bakti ${format.term(startsOn, termEndsOn)}, SK ${word} ${format.date(format.lastDay(termEndsOn))}`;
}

/** Phones of officers are for those who work with them; the auditor and the kecamatan read without (security.md). */
export const seesPhones = ({ role }: Pick<SignedInAccount, 'role'>) =>
  role !== 'auditor' && role !== 'kecamatan';

/** A facet that the score counts and that is still empty. */
export type Gap = {
  kind: 'seat' | 'person';
  seatId: number;
  seatName: string;
  personId: number | null;
  personName: string | null;
  noNik: boolean;
  noPhone: boolean;
  noBirthDate: boolean;
};
export type Profile = {
  id: number;
  address: string | null;
  phone: string | null;
  foundedOn: string | null;
  decreeNumber: string | null;
};
type Task = { title: string; note?: string; action?: { label: string; href: string } };
type Rights = { write: boolean; propose: boolean; contact: boolean };

/** What the score of institution_summaries misses, each with who mends it where; the same rules in the same order. */
export function missingTasks(profile: Profile, gaps: readonly Gap[], may: Rights): Task[] {
  const here = `/lembaga/${profile.id}`;
  const edit = (field: string) => `${here}/ubah#${field}`;
  const contact = (field: string) => (may.contact ? `${here}/kontak#${field}` : edit(field));
  const own: [string | null, Task][] = [
    [
      profile.address,
      { title: 'Alamat sekretariat belum diisi', ...byContact(contact('address'), may) },
    ],
    [profile.phone, { title: 'Nomor HP lembaga belum diisi', ...byContact(contact('phone'), may) }],
    [
      profile.foundedOn,
      { title: 'Tanggal dibentuk belum diisi', ...byStaff(edit('foundedOn'), may) },
    ],
    [
      profile.decreeNumber,
      { title: 'SK kepengurusan belum ada', ...byProposal('Ajukan', `lembaga=${profile.id}`, may) },
    ],
  ];
  return [
    ...own.filter(([value]) => value === null).map(([, task]) => task),
    ...gaps.flatMap((gap) => tasksOf(gap, profile.id, may)),
  ];
}

/** Staff mend all of an officer on one page; the chair only the phone, so that is a task of its own. */
function tasksOf(gap: Gap, institutionId: number, may: Rights): Task[] {
  if (gap.kind === 'seat') {
    const seat = `lembaga=${institutionId}&kursi=${gap.seatId}`;
    return [{ title: `${gap.seatName} kosong`, ...byProposal('Isi kursi', seat, may) }];
  }
  const [nik, phone, birthDate] = [
    gap.noNik && 'NIK',
    gap.noPhone && 'nomor HP',
    gap.noBirthDate && 'tanggal lahir',
  ];
  const person = `/orang/${gap.personId}`;
  const edit = byStaff(`${person}/ubah`, may);
  if (may.write) return personTask(gap, [nik, phone, birthDate], edit);
  return [
    ...personTask(gap, [phone], byContact(`${person}/kontak`, may)),
    ...personTask(gap, [nik, birthDate], edit),
  ];
}

function personTask(gap: Gap, words: (string | false)[], mend: Mend) {
  const named = words.filter((word) => word !== false);
  if (named.length === 0) return [];
  const missing = listed.format(named);
  const title = `${missing[0]?.toUpperCase()}${missing.slice(1)} ${gap.personName} belum diisi`;
  return [{ title, ...mend, note: mend.note ? `${gap.seatName}. ${mend.note}` : gap.seatName }];
}

type Mend = Omit<Task, 'title'>;

const byContact = (href: string, may: Rights): Mend =>
  may.contact || may.write
    ? { action: { label: 'Lengkapi', href } }
    : { note: 'Dilengkapi ketua lembaga atau staf kelurahan' };

const byStaff = (href: string, may: Rights): Mend =>
  may.write ? { action: { label: 'Lengkapi', href } } : { note: 'Dilengkapi staf kelurahan' };

const byProposal = (label: string, about: string, may: Rights): Mend =>
  may.propose
    ? { action: { label, href: `/usulan/baru?${about}` } }
    : { note: 'Diusulkan ketua lembaga atau staf kelurahan' };

const listed = new Intl.ListFormat('id', { type: 'conjunction' });

/** From where on a completeness is low or very low; of nothing there is nothing to say. */
export function scoreTone(percent: number | null): 'bad' | 'warn' | undefined {
  if (percent === null || percent >= 75) return undefined;
  return percent < 60 ? 'bad' : 'warn';
}

export type TypeOfTerritory = { territory: string; shortName: string };

/** What an institution is called: an RT or RW by its numbers, any other as typed. */
export function nameOf(
  type: TypeOfTerritory,
  input: { name: string | null; rtNumber: number | null; rwNumber: number | null },
):
  | { name: string; rtNumber: number | null; rwNumber: number | null }
  | { field: string; problem: string } {
  if (type.territory === 'kelurahan') {
    return input.name === null
      ? { field: 'name', problem: `Isi nama lembaga, contoh ${type.shortName} Sinar Mulia` }
      : { name: input.name, rtNumber: null, rwNumber: null };
  }
  const rtNumber = type.territory === 'rt' ? input.rtNumber : null;
  if (type.territory === 'rt' && rtNumber === null)
    return { field: 'rtNumber', problem: 'Isi nomor RT, contoh 001' };
  if (input.rwNumber === null) return { field: 'rwNumber', problem: 'Isi nomor RW, contoh 003' };
  return { name: format.territory(rtNumber, input.rwNumber), rtNumber, rwNumber: input.rwNumber };
}
