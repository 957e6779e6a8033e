import { z } from 'zod';

export const signInQuery = z.strictObject({ kembali: z.string().optional() });

export const signInForm = z.strictObject({
  username: z
    .string({ error: 'Isi nama pengguna' })
    .min(1, 'Isi nama pengguna')
    .max(200, 'Nama pengguna paling panjang 200 huruf')
    .transform((text) => text.toLowerCase()),
  password: z
    .string({ error: 'Isi kata sandi' })
    .min(1, 'Isi kata sandi')
    .max(1000, 'Kata sandi paling panjang 1.000 huruf'),
  returnTo: z.string().optional(),
});

export type SignInInput = z.output<typeof signInForm>;

export const newPasswordForm = z.strictObject({
  password: z
    .string({ error: 'Isi kata sandi baru' })
    .min(1, 'Isi kata sandi baru')
    .max(1000, 'Kata sandi paling panjang 128 huruf'),
});
