import * as format from '#src/format.ts';
import type { Cell, Column, Paper } from '#src/pdf/paper.ts';
import {
  letterheadOf,
  notesOf,
  signatureBlock,
  type SignatoryChoice,
} from '#src/pdf/signatories.ts';
import { reportSignatories } from '#src/reports/form.ts';
import { linesByPlace, linesByType, placeInWords, rowsOfType } from '#src/reports/lines.ts';
import type { TypeName } from '#src/reports/places.ts';
import type { Report } from '#src/reports/repository.ts';
import type { Scope } from '#src/reports/scope.ts';
import { columns, type RecapLine } from '#src/reports/columns.ts';
import { findings } from '#src/reports/findings.ts';
import { completeness, sum } from '#src/reports/rules.ts';

type About = {
  type: TypeName | null;
  today: string;
  filter: string;
  exporter: string;
  signatory: SignatoryChoice;
};

/** The recap on one page for a kecamatan: findings, places, types, signature. */
export function recapPaper(
  report: Report,
  scope: Scope,
  { type, today, filter, exporter, signatory }: About,
): Paper {
  const choices: readonly SignatoryChoice[] = reportSignatories[scope.level];
  const rows = rowsOfType(report.rows, type);
  const words = placeInWords(report, scope);
  const byPlace = linesByPlace({ ...report, rows }, scope, type);
  const byType = linesByType({ ...report, rows }, scope, type);
  const main = scope.level === 'kelurahan' ? byType : byPlace;
  const total = sum(rows);
  const found = findings(main);
  const head = report.own;
  const title = 'Rekapitulasi lembaga kemasyarakatan kelurahan';
  return {
    title: `${title}, ${words.name}`,
    orientation: 'portrait',
    asOf: today,
    footer: `Keadaan ${format.date(today)}. SK berlaku termasuk yang berakhir dalam 90 hari. Diunduh dari Portal LKK oleh ${exporter}`,
    blocks: [
      letterheadOf(words.letterhead),
      { kind: 'heading', level: 1, text: `${title}\n${words.name}`.toUpperCase() },
      ...notesOf([
        `Keadaan ${format.date(today)} · saringan: ${filter} · ${format.number(total.institutions)} lembaga`,
      ]),
      ...(found.length === 0
        ? []
        : [
            {
              kind: 'list' as const,
              title: 'Perlu perhatian',
              items: found.map(({ subject, text }) => `${subject}: ${text}`),
            },
            { kind: 'space' as const, millimetres: 3 },
          ]),
      tableOf(words.table.head, main, total),
      ...(scope.level === 'kelurahan' || type !== null ? [] : [tableOf('Jenis', byType, total)]),
      ...signatureBlock(
        choices.includes(signatory) ? signatory : 'tanpa',
        {
          lurah: scope.level === 'kelurahan' ? head : null,
          camat: scope.level === 'kecamatan' ? head : null,
        },
        today,
      ),
    ],
  };
}

function tableOf(head: string, lines: readonly RecapLine[], total: RecapLine['figures']) {
  // A head is never broken within a word: "Perempuan" is the longest.
  const figures: Column[] = columns.map(({ label }) => ({
    label,
    width: label === 'Perempuan' ? 12.5 : 11,
    align: 'right',
  }));
  return {
    kind: 'table' as const,
    columns: [
      { label: 'No.', width: 5.5, align: 'right' as const },
      { label: head, width: 16 },
      ...figures,
      { label: 'Lengkap', width: 9, align: 'right' as const },
    ],
    rows: lines.map((line, index) => [index + 1, line.name, ...cellsOf(line.figures)]),
    total: [null, 'Jumlah', ...cellsOf(total)],
  };
}

function cellsOf(figures: RecapLine['figures']): Cell[] {
  const percent = completeness(figures);
  return [
    ...columns.map(({ valueOf }) => format.number(valueOf(figures))),
    percent === null ? '–' : `${percent}%`,
  ];
}
