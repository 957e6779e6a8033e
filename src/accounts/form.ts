import { z } from 'zod';
import { roles } from '#src/access.ts';
import { optionalId, requiredText, version } from '#src/http/fields.ts';
import { signed } from '#src/list-office.ts';
import { accountStatuses, roleOfSlug, usernameProblem } from '#src/accounts/rules.ts';

const optional = z
  .string()
  .optional()
  .transform((text) => text || null);

const search = optional.refine(
  (text) => text === null || text.length <= 100,
  'Kata pencarian paling panjang 100 huruf',
);

const roleChoice = optional.refine(
  (text) => text === null || roleOfSlug(text) !== null,
  'Pilih peran dari daftar',
);

const pageNumber = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'Nomor halaman tidak dikenal')
  .optional()
  .transform((text) => Number(text ?? 1));

export const accountsQuery = z.strictObject({
  cari: search,
  peran: roleChoice,
  status: optional.pipe(z.union([z.null(), z.enum(accountStatuses)], { error: 'Pilih status' })),
  halaman: pageNumber,
});
export type AccountsQuery = z.output<typeof accountsQuery>;
export const accountsPdfQuery = accountsQuery.extend(signed);

/** The steps of giving a role: which role, and for an officer which institution and which of its offices. */
export const assignmentQuery = z.strictObject({
  peran: roleChoice,
  cari: search,
  lembaga: optionalId('Pilih lembaga dari daftar'),
  jabatan: optionalId('Pilih pengurus dari daftar'),
});
export type AssignmentQuery = z.output<typeof assignmentQuery>;

export const username = z
  .string({ error: 'Isi nama pengguna' })
  .min(1, 'Isi nama pengguna')
  .transform((text) => text.toLowerCase())
  .superRefine((text, context) => {
    const problem = usernameProblem(text);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

export const displayName = requiredText('Isi nama yang tampil', 100).regex(
  /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,'’‘\-/()&]*$/u,
  'Tulis nama dengan huruf dan angka; tanda titik, koma, petik, dan tanda hubung boleh dipakai',
);

const scope = {
  role: z.enum(roles, { error: 'Pilih peran dari daftar' }),
  kecamatanId: optionalId('Pilih kecamatan dari daftar'),
  kelurahanId: optionalId('Pilih kelurahan dari daftar'),
  tenureId: optionalId('Pilih pengurus dari daftar'),
};

export const newAccountForm = z.strictObject({ ...scope, username, displayName });
export type NewAccountInput = z.output<typeof newAccountForm>;

export const roleForm = z.strictObject({ ...scope, version });
export type RoleInput = z.output<typeof roleForm>;

export type ScopeInput = Pick<NewAccountInput, 'role' | 'kecamatanId' | 'kelurahanId' | 'tenureId'>;
