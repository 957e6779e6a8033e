import { z } from 'zod';
import { mendable } from '#src/attestations/rules.ts';

/** A ticked section carries the hash of what was shown, so that nobody confirms what they did not see. */
const confirmed = (section: string) =>
  z
    .string({ error: `Periksa ${section}, lalu tandai Benar atau pilih Perbaiki dulu` })
    .regex(/^[0-9a-f]{64}$/, 'Muat ulang halaman ini');

const cycleId = z
  .string({ error: 'Muat ulang halaman ini' })
  .regex(/^[1-9]\d{0,8}$/, 'Muat ulang halaman ini')
  .transform(Number);
const activity = z.enum(['running', 'none'], { error: 'Pilih keadaan kegiatan lembaga' });

export const attestationForm = z.strictObject({
  cycleId,
  profile: confirmed('profil'),
  officers: confirmed('pengurus'),
  contacts: confirmed('kontak pengurus'),
  secretariat: confirmed('sekretariat'),
  activities: confirmed('kegiatan'),
  activity,
  statement: z.literal('on', { error: 'Tandai pernyataan ini sebelum mengirim' }),
});
export type AttestationInput = z.output<typeof attestationForm>;

/** "Perbaiki dulu": what to mend (a section or one officer's contact), and whatever is ticked by then. */
export const mendForm = z.strictObject({
  cycleId,
  mend: z.string({ error: 'Muat ulang halaman ini' }).regex(mendable, 'Muat ulang halaman ini'),
  profile: confirmed('profil').optional(),
  officers: confirmed('pengurus').optional(),
  contacts: confirmed('kontak pengurus').optional(),
  secretariat: confirmed('sekretariat').optional(),
  activities: confirmed('kegiatan').optional(),
  activity: activity.optional(),
  statement: z.literal('on').optional(),
});
export type MendInput = z.output<typeof mendForm>;
