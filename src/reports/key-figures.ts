import * as format from '#src/format.ts';
import { listHref } from '#src/reports/columns.ts';
import { type Figures, percentOf, completeness } from '#src/reports/rules.ts';

/** The four figures above a recap; `query` narrows their lists to the place. */
export function keyFigures(total: Figures, query: string) {
  const { institutions, officers, women, valid, ending, ended, withoutDecree, vacantChairs } =
    total;
  const womenShare = percentOf(women, officers);
  const validShare = percentOf(valid, institutions);
  const toRenew = ended + withoutDecree;
  const percent = completeness(total);
  return [
    {
      label: 'Lembaga tercatat',
      value: format.number(institutions),
      href: listHref('/lembaga', query),
      ...noted(vacantChairs > 0 && `${format.number(vacantChairs)} kursi ketua kosong`, 'bad'),
    },
    {
      label: 'Pengurus menjabat',
      value: format.number(officers),
      href: listHref('/pengurus', query),
      ...noted(womenShare !== null && `${womenShare}% perempuan`),
    },
    {
      label: 'SK berlaku',
      value: validShare === null ? '–' : `${validShare}%`,
      href: listHref('/lembaga', query, 'status=sk-berlaku'),
      ...noted(
        toRenew > 0
          ? `${format.number(toRenew)} perlu SK baru`
          : ending > 0 && `${format.number(ending)} berakhir dalam 90 hari`,
        'warn',
      ),
    },
    {
      label: 'Kelengkapan data',
      value: percent === null ? '–' : `${percent}%`,
      ...noted(
        percent !== null &&
          `${format.number(total.filled)} dari ${format.number(total.expected)} isian`,
      ),
    },
  ];
}

const noted = (note: string | false, tone?: 'warn' | 'bad') =>
  note === false ? {} : { note, ...(tone && { tone }) };
