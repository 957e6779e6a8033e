import { z } from 'zod';
import type { SignedInAccount } from '#src/access.ts';
import { city } from '#src/city.ts';
import type { Transaction } from '#src/database.ts';
import { signatoryLabels, type Head, type SignatoryChoice } from '#src/pdf/signatories.ts';

/** Whose letterhead a list carries and who may sign it: of the place that it is narrowed to, or of the account's own. */

export type PlaceOfList = { kelurahan: string | null; kecamatan: string | null };
export type OfficeOfList = {
  kecamatan: Head | null;
  kelurahan: Head | null;
  address: string | null;
};

const signatories = {
  kelurahan: ['lurah', 'lurah-camat', 'camat', 'tanpa'],
  kecamatan: ['camat', 'tanpa'],
  city: ['kepala-dinas', 'sekda', 'kepala-daerah', 'tanpa'],
} as const satisfies Record<string, readonly SignatoryChoice[]>;

const everySignatory = [...new Set(Object.values(signatories).flat())];

/** What the PDF of a list is asked for beside the filter of its page. */
export const signed = {
  ttd: z.enum(everySignatory, { error: 'Pilih penanda tangan dari daftar' }).optional(),
};
export type Signed = { ttd?: SignatoryChoice | undefined };

/** "Kelurahan Sukoharjo", or the city for those who see all of it. */
export const scopeInWords = ({ scopeName }: Pick<SignedInAccount, 'scopeName'>) =>
  scopeName || city().name;

/** Whom the page offers to sign the PDF, for components/signed-pdf; `values` is the filter. */
export function signedPdf(
  account: SignedInAccount,
  action: string,
  values: Record<string, string | null | undefined>,
) {
  const level = levelOf({
    kelurahan: values.kelurahan || account.kelurahanId,
    kecamatan: values.kecamatan || account.kecamatanId,
  });
  return {
    action,
    hidden: Object.entries(values).flatMap(([name, value]) =>
      value && name !== 'halaman' ? [{ name, value }] : [],
    ),
    options: signatories[level].map((value) => ({ value, label: signatoryLabels[value] })),
  };
}

/** Who was chosen, as far as the office has such a person; otherwise who usually signs there. */
export function signatoryFor(office: OfficeOfList, chosen: Signed['ttd']): SignatoryChoice {
  const offered: readonly SignatoryChoice[] = signatories[levelOf(office)];
  return offered.find((choice) => choice === chosen) ?? offered[0] ?? 'tanpa';
}

const levelOf = ({ kelurahan, kecamatan }: { kelurahan: unknown; kecamatan: unknown }) => {
  if (kelurahan) return 'kelurahan';
  return kecamatan ? 'kecamatan' : 'city';
};

const head = { name: true, headName: true, headRank: true, headNip: true, address: true } as const;

export async function officeOfList(
  tx: Transaction,
  asked: PlaceOfList,
  account: SignedInAccount,
): Promise<OfficeOfList> {
  const kelurahan =
    asked.kelurahan || account.kelurahanId
      ? await tx.kelurahan.findFirst({
          where: asked.kelurahan ? { code: asked.kelurahan } : { id: account.kelurahanId ?? 0 },
          select: { ...head, kecamatan: { select: head } },
        })
      : null;
  if (kelurahan) return { kelurahan, kecamatan: kelurahan.kecamatan, address: kelurahan.address };
  const kecamatan =
    asked.kecamatan || account.kecamatanId
      ? await tx.kecamatan.findFirst({
          where: asked.kecamatan ? { code: asked.kecamatan } : { id: account.kecamatanId ?? 0 },
          select: head,
        })
      : null;
  return { kelurahan: null, kecamatan, address: kecamatan?.address ?? null };
}
