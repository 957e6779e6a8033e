import { z } from 'zod';
import { sections, type Section } from '#src/attestations/rules.ts';
import { statement, type Transaction } from '#src/database.ts';

const section = z.enum(sections);
const facts = z.json();

/** Each section as it stands now: with phones, and without for who may not see them. */
export const currentSections = statement<[institutionId: number]>()(
  'attestation_current_sections',
  z.strictObject({ section, facts, masked: facts, hash: z.string() }),
  `SELECT section, facts, without_phones(facts) AS masked, attestation_hash(facts) AS hash FROM attestation_facts($1)`,
);

const attestedRow = z.strictObject({
  section,
  facts,
  hash: z.string(),
  attestedByName: z.string(),
  byKelurahan: z.boolean(),
  attestedAt: z.date(),
});
type InCycle = [institutionId: number, today: string];

/** Each section as it was attested in the current cycle, and by whom; no rows when it was not. */
export const attestedSections = statement<InCycle>()(
  'attestation_attested_sections',
  attestedRow,
  attestedSql('facts'),
);

/** The same without where officers live, for roles that cannot read the rest (0018). */
export const attestedOpenSections = statement<InCycle>()(
  'attestation_attested_open_sections',
  attestedRow,
  attestedSql('open_facts'),
);

function attestedSql(column: 'facts' | 'open_facts') {
  return `SELECT s.section, s.${column} AS facts, s.hash, a.attested_by_name AS "attestedByName", a.by_kelurahan AS "byKelurahan",
     a.attested_at AS "attestedAt"
   FROM attestations a JOIN attestation_sections s ON s.institution_id = a.institution_id AND s.cycle_id = a.cycle_id
   WHERE a.institution_id = $1 AND a.cycle_id =
     (SELECT id FROM attestation_cycles WHERE starts_on <= $2::date ORDER BY starts_on DESC LIMIT 1)`;
}

/** Whether somebody of the institution can sign in and attest by themselves. */
export async function hasOwnAccount(tx: Transaction, institutionId: number): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ has: boolean }[]>`
    SELECT institution_has_account(${institutionId}::int) AS has`;
  return row?.has ?? false;
}

/** The hashes of what stands at this moment, within the transaction that attests it. */
export async function readHashes(
  tx: Transaction,
  institutionId: number,
): Promise<Map<Section, string>> {
  const rows = await tx.$queryRaw<{ section: Section; hash: string }[]>`
    SELECT section, attestation_hash(facts) AS hash FROM attestation_facts(${institutionId}::int)`;
  return new Map(rows.map(({ section, hash }) => [section, hash]));
}

export async function getKelurahanId(tx: Transaction, institutionId: number): Promise<number> {
  const found = await tx.institution.findUniqueOrThrow({
    where: { id: institutionId },
    select: { kelurahanId: true },
  });
  return found.kelurahanId;
}

/** The database freezes the five sections and says whether the kelurahan did it (attestations_apply_rules). */
export async function insertAttestation(
  tx: Transaction,
  attestation: {
    institutionId: number;
    kelurahanId: number;
    cycleId: number;
    activities: 'running' | 'none';
    attestedByName: string;
  },
) {
  await tx.attestation.create({ data: attestation, select: { id: true } });
}
