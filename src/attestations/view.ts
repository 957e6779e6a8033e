import { can, type SignedInAccount } from '#src/access.ts';
import {
  activityWords,
  linesOf,
  mendHref,
  profileMessage,
  sectionLabels,
  sections,
  withKinds,
  withoutHomes,
  type Section,
} from '#src/attestations/rules.ts';
import type { Cycle } from '#src/completeness/rules.ts';
import * as format from '#src/format.ts';
import { config } from '#src/config.ts';
import type { Form } from '#src/http/forms.ts';
import { seesPrivateFacts } from '#src/people/rules.ts';
import type { InstitutionHeader } from '#src/institutions/statements.ts';

type Current = { section: Section; facts: unknown; masked: unknown; hash: string };
type Attested = {
  section: Section;
  facts: unknown;
  hash: string;
  attestedByName: string;
  byKelurahan: boolean;
  attestedAt: Date;
};
type Shared = {
  header: InstitutionHeader;
  account: SignedInAccount;
  today: string;
  cycle: Cycle;
  current: Current[];
  form: Form<unknown>;
};

export const rightsOf = (account: SignedInAccount) => ({
  write: can(account, 'institution:write'),
  contact: can(account, 'institution:contact'),
});

/** The five sections as they stand, each to be ticked or mended first. */
export function formView({ header, account, today, cycle, current, form }: Shared) {
  const may = rightsOf(account);
  return {
    form,
    institution: header,
    cycle: cycleInWords(cycle, today),
    byKelurahan: account.role !== 'officer',
    profileMessage: may.write
      ? null
      : profileMessage(header.name, `${config().publicUrl}/lembaga/${header.id}`),
    sections: inOrder(withKinds(current)).map(({ section, facts, hash }) => ({
      name: section,
      label: sectionLabels[section],
      hash,
      lines: linesOf(section, facts).map(({ personId, ...line }) => ({
        ...line,
        ...(personId === undefined ? {} : { mend: `person-${personId}` }),
      })),
      mend: mendHref(section, header.id, may) && section,
    })),
    activityOptions: Object.entries(activityWords).map(([value, label]) => ({ value, label })),
  };
}

/** What was attested, beside what has changed since; phones of the frozen copy are masked for everybody. */
export function attestedView({
  header,
  account,
  today,
  cycle,
  current,
  attested,
  form,
}: Shared & { attested: Attested[] }) {
  const [first] = attested;
  const now = new Map(withKinds(current).map((one) => [one.section, one]));
  const isChanged = ({ section, hash }: Attested) => now.get(section)?.hash !== hash;
  return {
    form,
    institution: header,
    cycle: cycleInWords(cycle, today),
    waitsForChair: account.role === 'staff',
    by: first && {
      name: first.attestedByName,
      byKelurahan: first.byKelurahan,
      at: format.moment(first.attestedAt),
    },
    changed: attested.filter(isChanged).length,
    sections: inOrder(withKinds(attested)).map((one) => ({
      name: one.section,
      label: sectionLabels[one.section],
      hash: one.hash.slice(0, 12),
      lines: linesOf(one.section, one.facts).map(({ label, value }) => ({ label, value })),
      isChanged: isChanged(one),
      since: isChanged(one) ? sinceThen(account, now.get(one.section)) : [],
    })),
  };
}

/** How a changed section stands now, in as much detail as this reader may see. */
function sinceThen(account: SignedInAccount, current: Current | undefined) {
  if (!current) return [];
  const { section, facts, masked } = current;
  const visible = seesPrivateFacts(account.role) ? facts : withoutHomes(section, masked);
  return linesOf(section, visible).map(({ label, value }) => ({ label, value }));
}

const inOrder = <Row extends { section: Section }>(rows: Row[]) =>
  rows.toSorted((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section));

const cycleInWords = (cycle: Cycle, today: string) => ({
  id: cycle.id,
  name: cycle.name,
  due: format.date(cycle.dueOn),
  isOver: today > cycle.dueOn,
});
