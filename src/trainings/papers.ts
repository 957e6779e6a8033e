import * as format from '#src/format.ts';
import type { Block, Signature } from '#src/pdf/paper.ts';
import { letterheadOf, place } from '#src/pdf/signatories.ts';
import type { TrainingOffices } from '#src/trainings/statements.ts';

/** What every paper of a training begins and ends with: the office that organises it, and who signs for it. */

type Organised = { organiserKind: 'city' | 'kecamatan' | 'kelurahan'; organiserName: string };

export function trainingLetterhead({ organiserKind }: Organised, offices: TrainingOffices): Block {
  if (organiserKind === 'city') return letterheadOf({});
  const { kecamatanName: kecamatan, kelurahanName: kelurahan } = offices;
  return organiserKind === 'kelurahan'
    ? letterheadOf({ kecamatan, kelurahan, address: offices.kelurahanAddress })
    : letterheadOf({ kecamatan, address: offices.kecamatanAddress });
}

export const trainingSignature = (
  training: Organised,
  offices: TrainingOffices,
  day: string,
): Block => ({
  kind: 'signatures',
  left: null,
  right: {
    above: [`${place()}, ${format.date(day)}`],
    ...signatoryOf(training, offices),
  },
});

type Signatory = Omit<Signature, 'above'>;

/** Whom the training names, or else the head of the office that organises. */
export function signatoryOf(training: Organised, offices: TrainingOffices): Signatory {
  const { signatoryTitle, signatoryName, signatoryRank, signatoryNip } = offices;
  if (signatoryTitle === '' || signatoryName === '') return headOf(training, offices);
  return {
    office: signatoryTitle,
    name: signatoryName,
    rank: signatoryRank || null,
    nip: signatoryNip || null,
  };
}

export function headOf(
  { organiserKind, organiserName }: Organised,
  { kelurahanName, kecamatanName, headName, headRank, headNip }: TrainingOffices,
): Signatory {
  const office = {
    city: organiserName,
    kelurahan: `Lurah ${kelurahanName ?? ''}`,
    kecamatan: `Camat ${kecamatanName ?? ''}`,
  }[organiserKind];
  return { office, name: headName, rank: headRank, nip: headNip };
}
