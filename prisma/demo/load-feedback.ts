import type { Transaction } from '#src/database.ts';

/** What some of those who came thought of the training; in an order of its own, as the real ones are. */
export async function loadFeedback(tx: Transaction, trainingId: number): Promise<void> {
  const people = await tx.$queryRaw<{ id: number }[]>`
    SELECT v.invitation_id AS id FROM training_standings v JOIN training_invitations i ON i.id = v.invitation_id
    WHERE v.training_id = ${trainingId} AND v.attended > 0 AND i.kind <> 'walk_in' ORDER BY i.id`;
  const givers = people.filter((_, place) => place % 3 !== 1);
  await tx.feedbackReceipt.createMany({
    data: givers.map(({ id }) => ({ invitationId: id, trainingId })),
  });
  await tx.trainingFeedback.createMany({
    data: givers.map((_, place) => ({
      trainingId,
      usefulness: 5 - (place % 5 === 2 ? 1 : 0) - (place % 13 === 6 ? 1 : 0),
      speakers: 5 - (place % 2) - (place % 11 === 4 ? 1 : 0),
      organisation: 4 - (place % 7 === 3 ? 1 : 0) + (place % 6 === 1 ? 1 : 0),
      comment: comments[place] ?? '',
    })),
  });
}

const comments = [
  'Materinya jelas dan langsung dapat dipakai di RT kami.',
  '',
  'Waktu dialog terlalu singkat, mohon ditambah.',
  'Mohon bahan paparan dibagikan lewat WhatsApp.',
  '',
  'Ruangan agak panas setelah pukul sebelas.',
  'Senang dapat bertanya langsung kepada Bapak Camat.',
  '',
  '',
  'Semoga diadakan setiap tahun.',
  'Contoh buku administrasi RW sangat membantu.',
  '',
  'Pengeras suara di belakang kurang terdengar.',
];
