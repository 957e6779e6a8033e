import type { Template } from '#src/decrees/template.ts';
import * as format from '#src/format.ts';

/** Everything that a Keputusan Lurah says, before it is laid out. */
export type Draft = {
  number: string | null;
  decreedOn: string | null;
  about: string;
  kelurahan: Office & { kecamatan: { name: string } };
  institution: { name: string; type: { id: number; name: string; legalBasis: string[] } };
  /** Set when the decree seats a whole board. */
  isBoard: boolean;
  term: { startsOn: string; endsOn: string | null } | null;
  appointed: DraftLine[];
  ended: DraftLine[];
  noting: string[];
  template: Template;
};

type Office = {
  name: string;
  address: string | null;
  headName: string | null;
  headRank: string | null;
  headNip: string | null;
};

export type DraftLine = {
  name: string;
  address: string;
  position: string;
  institution: string;
  reason: string | null;
};

export const office = {
  name: true,
  address: true,
  headName: true,
  headRank: true,
  headNip: true,
  kecamatan: { select: { name: true } },
} as const;

export type Address = {
  address?: string | null | undefined;
  rtNumber?: number | null | undefined;
  rwNumber?: number | null | undefined;
};

export const addressOf = (where: Address | undefined) =>
  [where?.address, format.territory(where?.rtNumber ?? null, where?.rwNumber ?? null)]
    .filter(Boolean)
    .join(', ');

/** The minutes of the meeting, which a decree notes (domain.md, section 5.3); the proposal itself where none are named. */
export function noteOf(proposal: {
  minutesNumber: string | null;
  minutesOn: string | null;
  institution: { name: string };
  number: string | null;
  submittedAt: Date | null;
  makerName: string;
  reason: string | null;
}): string {
  const { minutesNumber, minutesOn, institution } = proposal;
  if (minutesNumber !== null || minutesOn !== null)
    return `${[
      `Berita Acara Musyawarah ${institution.name}`,
      minutesNumber !== null && `Nomor ${minutesNumber}`,
      minutesOn !== null && `tanggal ${format.date(minutesOn)}`,
    ]
      .filter(Boolean)
      .join(' ')};`;
  const day =
    proposal.submittedAt && ` tanggal ${format.date(format.isoDate(proposal.submittedAt))}`;
  return `Usulan perubahan pengurus nomor ${proposal.number ?? '–'}${day ?? ''} dari ${proposal.makerName}: ${(proposal.reason ?? '').replace(/[.;\s]+$/, '')};`;
}
