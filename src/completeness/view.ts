import { can, type SignedInAccount } from '#src/access.ts';
import { figuresOf, gapLine, placeLine, remindHref, total } from '#src/completeness/figures.ts';
import { filterOf, headsFor, hrefOf, isFiltered } from '#src/completeness/filter.ts';
import type { CompletenessFilter } from '#src/completeness/form.ts';
import { pageSize, type ListRow, type PlaceRow } from '#src/completeness/repository.ts';
import {
  attestationBadge,
  freshness,
  freshnessTone,
  gapsInWords,
  menders,
  type Cycle,
} from '#src/completeness/rules.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { errorsAtFilter } from '#src/http/list-filter.ts';
import type { Choices } from '#src/institutions/choices.ts';
import { signedPdf } from '#src/list-office.ts';
import { scoreTone } from '#src/institutions/rules.ts';

/** What the page shows: figures of all that the filter finds, gaps by who mends them, places, and a page of rows. */

export type Found = { rows: ListRow[]; lines: PlaceRow[]; cycle: Cycle | null; choices: Choices };

export function pageOf(
  account: SignedInAccount,
  form: Form<CompletenessFilter>,
  { rows, lines, cycle, choices }: Found,
) {
  const { values } = form;
  const today = format.today();
  const page = form.input?.halaman ?? 1;
  const count = total(lines, (line) => line.institutions);
  return {
    form: errorsAtFilter(form),
    isOfficer: account.role === 'officer',
    isFiltered: isFiltered(values),
    filter: filterOf(form, { choices, cycle, today }),
    workbookHref: hrefOf(values, { halaman: '' }).replace('/kelengkapan', '/kelengkapan.xlsx'),
    pdf: signedPdf(account, '/kelengkapan.pdf', values),
    cycle: cycle && {
      name: cycle.name,
      due: format.date(cycle.dueOn),
      isOver: today > cycle.dueOn,
    },
    figures: figuresOf(lines, cycle, values),
    groups: menders.map((mender) => ({
      ...mender,
      gaps: mender.gaps.map((code) => gapLine(code, lines, values)),
    })),
    places:
      lines.length > 1
        ? lines.map((line) => ({
            ...placeLine(line, values),
            remindHref: can(account, 'kelurahan:remind') ? remindHref(line, cycle) : null,
          }))
        : [],
    placeHead: lines[0] && lines[0].code.length <= 8 ? 'Kecamatan' : 'Kelurahan',
    rows: rows.map((row) => shown(row, { account, cycle, today })),
    heads: headsFor(values, form.input?.urut ?? 'kelengkapan'),
    countText: `${format.number(count)} lembaga`,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(count / pageSize)),
    range: `${format.number((page - 1) * pageSize + 1)}–${format.number((page - 1) * pageSize + rows.length)}`,
    pageHref: (number: number) => hrefOf(values, { halaman: String(number) }),
  };
}

type About = { account: SignedInAccount; cycle: Cycle | null; today: string };

function shown(row: ListRow, { account, cycle, today }: About) {
  const attested = cycle !== null && row.state !== 'belum';
  return {
    id: row.id,
    name: row.name,
    kelurahanName: row.kelurahanName,
    percent: row.percent,
    tone: scoreTone(row.percent),
    missing: gapsInWords(row.gaps),
    fresh: freshness(row.days),
    freshTone: freshnessTone(row.days),
    badge: cycle && attestationBadge(row.state, cycle.dueOn, today),
    remindHref:
      can(account, 'institution:remind') && (row.percent < 100 || (cycle !== null && !attested))
        ? `/lembaga/${row.id}/pengingat`
        : null,
  };
}
