import { hrefOf } from '#src/completeness/filter.ts';
import type { PlaceRow } from '#src/completeness/repository.ts';
import {
  freshness,
  gapLabels,
  kelurahanReminderText,
  staleDays,
  type Cycle,
  type GapCode,
} from '#src/completeness/rules.ts';
import { config } from '#src/config.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { scoreTone } from '#src/institutions/rules.ts';
import { percentOf } from '#src/reports/rules.ts';

/** Figures over all that the filter finds, each leading to its own list. */

type Values = Form<unknown>['values'];

export function figuresOf(lines: PlaceRow[], cycle: Cycle | null, values: Values) {
  const [filled, expected] = [total(lines, (line) => line.filled), total(lines, (l) => l.expected)];
  const count = total(lines, (line) => line.institutions);
  const changed = total(lines, (line) => line.changed);
  const attested = total(lines, (line) => line.attested);
  const link = (change: Record<string, string>) => hrefOf(values, { halaman: '', ...change });
  return [
    {
      label: 'Kelengkapan data',
      value: `${percentOf(filled, expected) ?? 0}%`,
      note: `${format.number(filled)} dari ${format.number(expected)} isian`,
    },
    {
      label: 'Belum lengkap',
      value: format.number(total(lines, (line) => line.incomplete)),
      href: link({ celah: 'ada' }),
      note: `dari ${format.number(count)} lembaga`,
    },
    {
      label: `Tidak dikonfirmasi ${staleDays} hari`,
      value: format.number(total(lines, (line) => line.stale)),
      href: link({ kemutakhiran: 'lama' }),
      note: 'tidak diubah atau dinyatakan',
    },
    ...(cycle
      ? [
          {
            label: 'Sudah dinyatakan',
            value: format.number(attested - changed),
            href: link({ pernyataan: 'sudah' }),
            note: `${format.number(count - attested)} belum`,
          },
          {
            label: 'Berubah sejak dinyatakan',
            value: format.number(changed),
            href: link({ pernyataan: 'berubah' }),
          },
        ]
      : []),
  ];
}

export function gapLine(code: GapCode, lines: PlaceRow[], values: Values) {
  const having = total(lines, (line) => line.having[code]);
  const missing = total(lines, (line) => line.missing[code]);
  return {
    label: gapLabels[code],
    having: format.number(having),
    missing: format.number(missing),
    href: hrefOf(values, { celah: code, halaman: '' }),
  };
}

/** A kelurahan is reminded by whoever is above it, who chooses whom to send the text to. */
export function remindHref(line: PlaceRow, cycle: Cycle | null): string | null {
  if (line.code.length <= 8) return null;
  const text = kelurahanReminderText({
    kelurahanName: line.name,
    incomplete: line.incomplete,
    unattested: line.institutions - line.attested,
    cycle,
    link: `${config().publicUrl}/kelengkapan?kelurahan=${line.code}`,
  });
  return text && format.whatsAppUrl(text);
}

export function placeLine(line: PlaceRow, values: Values) {
  const name = line.code.length <= 8 ? 'kecamatan' : 'kelurahan';
  const here = { [name]: line.code, halaman: '' };
  const percent = percentOf(line.filled, line.expected) ?? 0;
  return {
    name: line.name,
    href: hrefOf(values, here),
    percent,
    tone: scoreTone(percent),
    days: freshness(line.days),
    figures: [
      { label: 'Lembaga', text: format.number(line.institutions), href: hrefOf(values, here) },
      {
        label: 'Belum lengkap',
        text: format.number(line.incomplete),
        href: hrefOf(values, { ...here, celah: values.celah || 'ada' }),
      },
      {
        label: 'Dinyatakan',
        text: format.number(line.attested - line.changed),
        href: hrefOf(values, { ...here, pernyataan: values.pernyataan || 'sudah' }),
      },
      {
        label: 'Berubah sejak dinyatakan',
        text: format.number(line.changed),
        href: hrefOf(values, { ...here, pernyataan: 'berubah' }),
      },
    ],
  };
}

export const total = (lines: PlaceRow[], of: (line: PlaceRow) => number) =>
  lines.reduce((sum, line) => sum + of(line), 0);
