import { z } from 'zod';
import type { Actor } from '#src/access.ts';
import { readAs, statement } from '#src/database.ts';
import { hashOfToken } from '#src/invitations/tokens.ts';

/** What codes and private links hand out, through functions of the database and nothing else. */

const checkedRow = z.strictObject({
  number: z.string(),
  content: z.unknown(),
  issuedAt: z.date(),
  revokedOn: z.string().nullable(),
  revokedReason: z.string().nullable(),
  successorNumber: z.string().nullable(),
  successorIssuedAt: z.date().nullable(),
});
export type CheckedCertificate = z.output<typeof checkedRow>;

const certificateOfCode = statement<[code: string]>()(
  'certificate_of_code',
  checkedRow,
  `SELECT number, content, issued_at AS "issuedAt", revoked_on AS "revokedOn", revoked_reason AS "revokedReason",
     successor_number AS "successorNumber", successor_issued_at AS "successorIssuedAt"
   FROM certificate_of_code($1)`,
);

export async function findByCode(actor: Actor, code: string): Promise<CheckedCertificate | null> {
  const [[found]] = await readAs(actor, certificateOfCode(code));
  return found ?? null;
}

const certificateOfLink = statement<[hash: Uint8Array]>()(
  'certificate_of_link',
  z.strictObject({ number: z.string(), code: z.string(), content: z.unknown() }),
  `SELECT number, code, content FROM certificate_of_link($1)`,
);

export async function findLinkedCertificate(actor: Actor, token: string) {
  const [[found]] = await readAs(actor, certificateOfLink(Buffer.from(hashOfToken(token))));
  return found ?? null;
}
