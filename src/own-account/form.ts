import { z } from 'zod';

const password = (sentence: string) =>
  z.string({ error: sentence }).min(1, sentence).max(1000, 'Kata sandi paling panjang 128 huruf');

export const passwordForm = z.strictObject({
  currentPassword: password('Isi kata sandi yang sekarang'),
  newPassword: password('Isi kata sandi baru'),
});
export type PasswordInput = z.output<typeof passwordForm>;
