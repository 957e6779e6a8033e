import type { SigningChoice } from '#src/invitation-letters/form.ts';
import type { Block } from '#src/pdf/paper.ts';
import { trainingSignature } from '#src/trainings/papers.ts';
import type { TrainingHeader } from '#src/trainings/statements.ts';
import type { ReportFacts } from '#src/training-reports/statements.ts';

/** Who signs letters of a training: whom it names for its certificates, the head of its office, or a deputy by hand. */

type Given = { training: TrainingHeader; facts: ReportFacts };

/** The first is what is chosen until somebody chooses. */
export function signingOptions(given: Given) {
  const isNamed = given.facts.signatoryName !== '' && given.facts.signatoryTitle !== '';
  const choices: SigningChoice[] = [
    ...(isNamed ? ['sertifikat' as const] : []),
    'kepala',
    'kosong',
  ];
  return choices.map((value) => ({ value, label: labelOf(value, given) }));
}

function labelOf(choice: SigningChoice, given: Given): string {
  if (choice === 'kosong') return 'Jabatan dan nama ditulis tangan';
  const { right } = signatureFor(choice, given);
  const signer = [right?.office, right?.name ?? 'nama ditulis tangan'].join(', ');
  return choice === 'sertifikat' ? `${signer} (seperti pada sertifikat)` : signer;
}

/** A letter has its date at the top, so none stands above the signature. */
export function signatureFor(
  choice: SigningChoice,
  { training, facts }: Given,
): Extract<Block, { kind: 'signatures' }> {
  if (choice === 'kosong') {
    const right = { above: [], office: '.'.repeat(40), name: null, rank: null, nip: null };
    return { kind: 'signatures', left: null, right };
  }
  const named = choice === 'kepala' ? { ...facts, signatoryName: '' } : facts;
  return trainingSignature(training, named, null);
}
