import type { Office } from './kanigaran.ts';
import type { DemoPerson } from './people.ts';
import type { DemoSeat, TypeCode } from './seats.ts';

/** The demo before it is written: rows point at each other as objects, ids come from the database. */

export type PlannedDecree = {
  decreedOn: string;
  about: string;
  signatory: string;
  /** Given when all decrees of the kelurahan are known. */
  number: string;
};

export type PlannedTenure = {
  seat: DemoSeat;
  person: DemoPerson;
  startOn: string;
  plannedEndOn: string | null;
  endedOn: string | null;
  endReason: string | null;
  kind: 'definitive' | 'midterm' | 'acting';
  decree: PlannedDecree;
  endingDecree: PlannedDecree | null;
};

export type PlannedBoard = {
  startsOn: string;
  endsOn: string | null;
  decree: PlannedDecree;
  tenures: PlannedTenure[];
};

export type PlannedInstitution = {
  type: TypeCode;
  name: string;
  rtNumber: number | null;
  rwNumber: number | null;
  parent: PlannedInstitution | null;
  address: string | null;
  phone: string | null;
  foundedOn: string | null;
  foundingDecree: string | null;
  registrationNumber: string | null;
  scope: string | null;
  status: 'active' | 'dormant' | 'proposed';
  /** One more than the number of proposals that were applied. */
  rosterVersion: number;
  seats: DemoSeat[];
  /** The earlier one first. */
  boards: PlannedBoard[];
};

export type PlannedDecision = {
  by: string;
  outcome: 'approved' | 'returned' | 'refused';
  note: string | null;
  decree: PlannedDecree | null;
  on: string;
};

export type PlannedChange = {
  institution: PlannedInstitution;
  kind: 'replace' | 'fill' | 'end';
  seat: DemoSeat;
  /** Usernames of the accounts of the demo. */
  maker: string;
  submittedOn: string;
  effectiveOn: string;
  reason: string;
  outgoing: PlannedTenure | null;
  endReason: string | null;
  candidate: DemoPerson | null;
  decision: PlannedDecision | null;
};

export type PlannedKelurahan = {
  office: Office;
  institutions: PlannedInstitution[];
  changes: PlannedChange[];
  /** Ketua of an institution who signs in, by username. */
  officers: Map<string, { institution: PlannedInstitution; tenure: PlannedTenure }>;
};
