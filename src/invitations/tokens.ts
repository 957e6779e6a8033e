import { createHash, createHmac, randomBytes } from 'node:crypto';
import { config } from '#src/config.ts';

/** The private link of an invitation and the code printed on its letter. */

/**
 * 32 bytes in base64url, the same whenever they are asked for, so that staff can send the link again; whoever reads the
 * database finds only their hash. The code is random and once per training, so a link says nothing about another.
 */
export const invitationToken = ({ trainingId, code }: { trainingId: number; code: string }) =>
  createHmac('sha256', config().nikIndexKey)
    .update(`invitation:v1\0${trainingId}\0${code}`)
    .digest('base64url');

export const hashOfToken = (token: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(createHash('sha256').update(token).digest());

export const invitationUrl = (invitation: { trainingId: number; code: string }) =>
  `${config().publicUrl}/u/${invitationToken(invitation)}`;

/** 32 characters without look-alikes, so that a random byte picks each of them equally often. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A code that is not among those taken, and is taken from now on. */
export function takeCode(taken: Set<string>): string {
  const code = Array.from(randomBytes(6), (byte) => alphabet[byte % 32]).join('');
  if (taken.has(code)) return takeCode(taken);
  taken.add(code);
  return code;
}
