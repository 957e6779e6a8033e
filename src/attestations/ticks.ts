import type { Request } from 'express';

/** What somebody ticked before they left the statement to mend something; kept in their session until they send it. */
export type Ticks = { institutionId: number; values: Record<string, string> };

export function keepTicks(req: Request, institutionId: number, values: Record<string, string>) {
  req.session.attestation = { institutionId, values };
}

/** The ticks to show again; one of a section that has changed meanwhile fits no more (views/attestations/tick). */
export const ticksOf = (req: Request, institutionId: number): Record<string, string> =>
  req.session.attestation?.institutionId === institutionId ? req.session.attestation.values : {};

export function forgetTicks(req: Request) {
  delete req.session.attestation;
}

/** Where the statement waits that somebody left to mend something, or null; on the statement itself there is no way back. */
export function wayBack(req: Request): string | null {
  const left = req.session?.attestation;
  if (!left || !req.user) return null;
  const href = `/lembaga/${left.institutionId}/pernyataan`;
  return req.path.startsWith(href) || req.path === '/beranda' ? null : href;
}
