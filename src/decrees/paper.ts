import { annexOf } from '#src/decrees/annex.ts';
import type { Draft } from '#src/decrees/draft.ts';
import { titleOf, numberOf, dateOf, groundsOf, dictumOf, wordsOf } from '#src/decrees/sentences.ts';
import { sentencesOf } from '#src/decrees/template.ts';
import type { Block, Clause, Paper, Signature } from '#src/pdf/paper.ts';
import { letterheadOf, place } from '#src/pdf/signatories.ts';

/** A Keputusan Lurah with its annex, in the sections of domain.md 5.3. */
export function decreePaper(draft: Draft, today: string): Paper {
  const { kelurahan, about } = draft;
  const lurah = `Lurah ${kelurahan.name}`.toUpperCase();
  const copies = sentencesOf(draft.template.copies, wordsOf(draft));
  return {
    title: `Keputusan ${lurah} tentang ${about}`,
    orientation: 'portrait',
    asOf: draft.decreedOn ?? today,
    footer:
      draft.number === null
        ? 'Konsep dari usulan yang belum disetujui, bukan keputusan.'
        : `Keputusan Lurah ${kelurahan.name} Nomor ${draft.number}`,
    blocks: [
      letterheadOf({
        kecamatan: kelurahan.kecamatan.name,
        kelurahan: kelurahan.name,
        address: kelurahan.address,
      }),
      centred(`KEPUTUSAN ${lurah}`, true),
      centred(`NOMOR ${numberOf(draft)}`),
      { kind: 'space', millimetres: 3 },
      centred('TENTANG'),
      { kind: 'space', millimetres: 1 },
      centred(titleOf(draft), true),
      { kind: 'space', millimetres: 3 },
      centred(`${lurah},`),
      { kind: 'space', millimetres: 3 },
      { kind: 'clauses', clauses: groundsOf(draft) },
      centred('MEMUTUSKAN:', true),
      { kind: 'space', millimetres: 2 },
      ...keptWithSignature(dictumOf(draft), copies.length),
      { kind: 'space', millimetres: 3 },
      signature(draft),
      { kind: 'space', millimetres: 4 },
      { kind: 'list', title: 'Tembusan:', items: copies },
      { kind: 'page' },
      ...annexOf(draft),
      signature(draft),
    ],
  };
}

/** A signature never stands on a page without a sentence that it signs, nor the copies without the signature. */
const keptWithSignature = (clauses: Clause[], copies: number): Block[] => [
  { kind: 'clauses', clauses: clauses.slice(0, -1) },
  { kind: 'room', millimetres: 72 + 5 * copies },
  { kind: 'clauses', clauses: clauses.slice(-1) },
];

const centred = (text: string, bold?: true): Block => ({
  kind: 'text',
  text,
  align: 'center',
  ...(bold && { bold }),
});

function signature(draft: Draft): Block {
  const { kelurahan } = draft;
  const right: Signature = {
    above: [`Ditetapkan di ${place()}`, `pada tanggal ${dateOf(draft)}`],
    office: `LURAH ${kelurahan.name.toUpperCase()}`,
    name: kelurahan.headName,
    rank: kelurahan.headRank,
    nip: kelurahan.headNip,
  };
  return { kind: 'signatures', left: null, right };
}
