import { limiter, secondsToWait } from '#src/rate-limits.ts';

/** A hall may share one address, so only what fails counts there for good; guessing digits ends at the person. */
const quarterHour = 15 * 60;
const codesByAddress = limiter('door_code', 30, quarterHour);
const proofsByAddress = limiter('door_address', 40, quarterHour);
const proofsByInvitation = limiter('door_person', 5, quarterHour);

/** Seconds until this address may try another code that does not exist, or null. */
export const countUnknownCode = (address: string) => secondsToWait(codesByAddress, address);

export async function isBlockedFromCodes(address: string): Promise<boolean> {
  const state = await codesByAddress.get(address);
  return state !== null && state.consumedPoints >= codesByAddress.points;
}

/** Takes a try before the proof is looked at, so that many at once count too; seconds to wait, or null. */
export async function countProof(address: string, invitationId: number): Promise<number | null> {
  return (
    (await secondsToWait(proofsByAddress, address)) ??
    (await secondsToWait(proofsByInvitation, invitationId))
  );
}

/** A right proof was no guess. */
export async function forgiveProof(address: string, invitationId: number): Promise<void> {
  await proofsByAddress.reward(address);
  await proofsByInvitation.delete(String(invitationId));
}
