import * as format from '#src/format.ts';
import type { Block, Signature } from '#src/pdf/paper.ts';
import { letterheadOf, place } from '#src/pdf/signatories.ts';

/** What every paper of a training begins and ends with: the office that organises it, and who signs for it. */

type Organised = { organiserKind: 'city' | 'kecamatan' | 'kelurahan'; organiserName: string };
type Offices = {
  kelurahanName: string | null;
  kelurahanAddress: string | null;
  kecamatanName: string | null;
  kecamatanAddress: string | null;
};
type Signatory = {
  signatoryTitle: string;
  signatoryName: string;
  signatoryRank: string;
  signatoryNip: string;
  headName: string | null;
  headRank: string | null;
  headNip: string | null;
};

export function trainingLetterhead({ organiserKind }: Organised, offices: Offices): Block {
  if (organiserKind === 'city') return letterheadOf({});
  const { kecamatanName: kecamatan, kelurahanName: kelurahan } = offices;
  return organiserKind === 'kelurahan'
    ? letterheadOf({ kecamatan, kelurahan, address: offices.kelurahanAddress })
    : letterheadOf({ kecamatan, address: offices.kecamatanAddress });
}

/** Whom the training names as its signatory, or the head of the office. A letter has its date at the top. */
export function trainingSignature(
  { organiserKind, organiserName }: Organised,
  facts: Offices & Signatory,
  day: string | null,
): { kind: 'signatures'; left: null; right: Signature } {
  const isNamed = facts.signatoryName !== '' && facts.signatoryTitle !== '';
  const office = {
    city: organiserName,
    kelurahan: `Lurah ${facts.kelurahanName ?? ''}`,
    kecamatan: `Camat ${facts.kecamatanName ?? ''}`,
  }[organiserKind];
  return {
    kind: 'signatures',
    left: null,
    right: {
      above: day === null ? [] : [`${place()}, ${format.date(day)}`],
      office: isNamed ? facts.signatoryTitle : office,
      name: isNamed ? facts.signatoryName : facts.headName,
      rank: isNamed ? facts.signatoryRank || null : facts.headRank,
      nip: isNamed ? facts.signatoryNip || null : facts.headNip,
    },
  };
}
