import { z } from 'zod';
import * as format from '#src/format.ts';

export const sections = ['profile', 'officers', 'contacts', 'secretariat', 'activities'] as const;
export type Section = (typeof sections)[number];

export const sectionLabels: Record<Section, string> = {
  profile: 'Profil',
  officers: 'Pengurus',
  contacts: 'Kontak pengurus',
  secretariat: 'Sekretariat',
  activities: 'Kegiatan',
};

const text = z.string().nullable();
const shapes = {
  profile: z.object({
    name: z.string(),
    type: z.string(),
    foundedOn: text,
    foundingDecree: text,
    registrationNumber: text,
    scope: text,
    startsOn: text,
    endsOn: text,
    decreeNumber: text,
    decreedOn: text,
  }),
  officers: z.array(
    z.object({ position: z.string(), name: z.string(), since: z.string(), kind: z.string() }),
  ),
  contacts: z.array(
    z.object({
      personId: z.number(),
      position: z.string(),
      /** The copy names it among the officers only; `withKinds` adds it here. */
      kind: z.string().optional(),
      name: z.string(),
      phone: text,
      address: text,
      rt: z.number().nullable(),
      rw: z.number().nullable(),
    }),
  ),
  secretariat: z.object({ address: text, phone: text, email: text }),
  activities: z.object({
    recorded: z.number(),
    statement: z.enum(['running', 'none']).optional(),
  }),
};

export type Line = { label: string; value: string | null; personId?: number };

export const activityWords = {
  running: 'Kegiatan berjalan menurut catatan lembaga',
  none: 'Tidak ada kegiatan pada masa ini',
} as const;

/** The facts of a section, as attestation_facts gives them, in the words of the page. */
export function linesOf(section: Section, facts: unknown): Line[] {
  switch (section) {
    case 'profile':
      return profileLines(shapes.profile.parse(facts));
    case 'officers':
      return shapes.officers.parse(facts).map(({ position, name, since, kind }) => ({
        label: format.heldPosition(kind, position),
        value: `${name}, sejak ${format.date(since)}`,
      }));
    case 'contacts':
      return shapes.contacts.parse(facts).map((officer) => ({
        label: `${officer.name}, ${format.heldPosition(officer.kind ?? null, officer.position)}`,
        value: [phoneOf(officer.phone) ?? 'Nomor HP belum diisi', homeOf(officer)]
          .filter(Boolean)
          .join(' · '),
        personId: officer.personId,
      }));
    case 'secretariat': {
      const { address, phone, email } = shapes.secretariat.parse(facts);
      return [
        { label: 'Alamat', value: address },
        { label: 'Nomor HP', value: phoneOf(phone) },
        { label: 'Surel', value: email },
      ];
    }
    case 'activities': {
      const { statement } = shapes.activities.parse(facts);
      return statement ? [{ label: 'Keadaan', value: activityWords[statement] }] : [];
    }
  }
}

function profileLines(profile: z.output<typeof shapes.profile>): Line[] {
  const { startsOn, endsOn, decreeNumber, decreedOn } = profile;
  return [
    { label: 'Nama', value: `${profile.name} (${profile.type})` },
    { label: 'Masa bakti', value: startsOn && format.term(startsOn, endsOn) },
    { label: 'SK', value: decreeNumber && `${decreeNumber}, ${format.date(decreedOn ?? '')}` },
    { label: 'Dibentuk', value: profile.foundedOn && format.date(profile.foundedOn) },
    { label: 'Dasar pembentukan', value: profile.foundingDecree },
    { label: 'Nomor registrasi', value: profile.registrationNumber },
    { label: 'Ruang lingkup', value: profile.scope },
  ];
}

/** A masked phone is kept as `****7890`. */
const phoneOf = (phone: string | null) =>
  phone?.startsWith('*') ? `••••-••••-${phone.slice(4)}` : phone && format.phone(phone);

const homeOf = ({
  address,
  rt,
  rw,
}: {
  address: string | null;
  rt: number | null;
  rw: number | null;
}) => [address, format.territory(rt, rw)].filter(Boolean).join(', ');

/** How each contact holds the seat, from the section of officers; both have the same lines. */
export function withKinds<Row extends { section: Section; facts: unknown }>(rows: Row[]): Row[] {
  const officers = shapes.officers.parse(
    rows.find(({ section }) => section === 'officers')?.facts ?? [],
  );
  const kindOf = ({ position, name }: { position: string; name: string }) =>
    officers.find((officer) => officer.position === position && officer.name === name)?.kind;
  return rows.map((row) =>
    row.section === 'contacts'
      ? {
          ...row,
          facts: shapes.contacts
            .parse(row.facts)
            .map((contact) => ({ ...contact, kind: kindOf(contact) })),
        }
      : row,
  );
}

/** For who may not see where officers live. */
export const withoutHomes = (section: Section, facts: unknown) =>
  section === 'contacts'
    ? shapes.contacts
        .parse(facts)
        .map((officer) => ({ ...officer, address: null, rt: null, rw: null }))
    : facts;

type Rights = { write: boolean; contact: boolean };

/** What "Perbaiki dulu" can lead to from the form: a section, or the contact of one officer. */
export const mendable = /^(profile|officers|secretariat|person-[1-9]\d{0,8})$/;

/** The edit or the proposal that mends it; the way back is on every page until the statement is sent (ticks.ts). */
export function mendHref(mend: string, id: number, may: Rights): string | null {
  const person = /^person-(\d+)$/.exec(mend)?.[1];
  if (person !== undefined)
    return may.contact ? `/orang/${person}/kontak?kembali=pernyataan` : `/orang/${person}/ubah`;
  const edit = `/lembaga/${id}/ubah`;
  const hrefs: Record<string, string | null> = {
    profile: may.write ? edit : null,
    officers: `/usulan/baru?lembaga=${id}`,
    secretariat: may.contact ? `/lembaga/${id}/kontak?kembali=pernyataan` : edit,
  };
  return hrefs[mend] ?? null;
}

/** A message of the chair to the kelurahan, which alone edits a profile; whoever sends it says what is wrong. */
export function profileMessage(name: string, page: string): string {
  const text = `Selamat siang. Profil ${name} di Portal LKK perlu diperbaiki: … (tulis bagian yang keliru dan yang benar). Halamannya: ${page}`;
  return format.whatsAppUrl(text);
}
