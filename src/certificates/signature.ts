import type { PrintedCertificate } from '#src/certificates/drawing.ts';

/** Place and date, office, then below the room to sign the name with rank and NIP. */
export function signatureLines({
  content: { signatory },
  place,
  issuedOnInWords,
}: Pick<PrintedCertificate, 'content' | 'place' | 'issuedOnInWords'>) {
  return {
    above: [`${place}, ${issuedOnInWords}`, signatory.title ? `${signatory.title},` : ''],
    name: signatory.name || '.'.repeat(44),
    below: [signatory.rank, signatory.nip && `NIP ${signatory.nip}`].filter(Boolean),
  };
}
