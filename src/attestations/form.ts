import { z } from 'zod';

/** A ticked section carries the hash of what was shown, so that nobody confirms what they did not see. */
const confirmed = (section: string) =>
  z
    .string({ error: `Periksa ${section}, lalu tandai Benar atau pilih Perbaiki dulu` })
    .regex(/^[0-9a-f]{64}$/, 'Muat ulang halaman ini');

export const attestationForm = z.strictObject({
  cycleId: z
    .string({ error: 'Muat ulang halaman ini' })
    .regex(/^[1-9]\d{0,8}$/, 'Muat ulang halaman ini')
    .transform(Number),
  profile: confirmed('profil'),
  officers: confirmed('pengurus'),
  contacts: confirmed('kontak pengurus'),
  secretariat: confirmed('sekretariat'),
  activities: confirmed('kegiatan'),
  activity: z.enum(['running', 'none'], { error: 'Pilih keadaan kegiatan lembaga' }),
  statement: z.literal('on', { error: 'Tandai pernyataan ini sebelum mengirim' }),
});
export type AttestationInput = z.output<typeof attestationForm>;
