import type { Place } from './generate.ts';

/** The pages that people open all day; `target` is the share of the minimal server's requests a second to reach. */
export const pageNames = ['institution', 'list', 'search', 'recap'] as const;
export type PageName = (typeof pageNames)[number];
export type Page = {
  name: PageName;
  label: string;
  url: string;
  account: 'lurah' | 'camat';
  target: number;
};

export function pagesOf({ institutionId, kelurahanCode }: Place): Page[] {
  const list = `/lembaga?kelurahan=${kelurahanCode}`;
  return [
    {
      name: 'institution',
      label: 'institution page',
      url: `/lembaga/${institutionId}`,
      account: 'lurah',
      target: 0.35,
    },
    {
      name: 'list',
      label: 'filtered list',
      url: `${list}&jenis=RT`,
      account: 'lurah',
      target: 0.45,
    },
    {
      name: 'search',
      label: 'name search',
      url: `${list}&cari=melati`,
      account: 'lurah',
      target: 0.45,
    },
    {
      name: 'recap',
      label: 'recap of a kecamatan',
      url: '/laporan',
      account: 'camat',
      target: 0.6,
    },
  ];
}
