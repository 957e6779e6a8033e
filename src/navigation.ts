import type { Role, SignedInAccount } from '#src/access.ts';

type Link = { href: string; label: string; icon: string };
export type NavigationItem = Link & { current: boolean; count: number | null };

const home: Link = { href: '/beranda', label: 'Beranda', icon: 'home' };
const institutions: Link = { href: '/lembaga', label: 'Lembaga', icon: 'building-community' };
const proposals: Link = { href: '/usulan', label: 'Usulan', icon: 'clipboard-check' };
const decrees: Link = { href: '/sk', label: 'SK', icon: 'file-text' };
const report: Link = { href: '/laporan', label: 'Laporan', icon: 'file-text' };
const duties: Link = { href: '/tugas', label: 'Tugas', icon: 'list-check' };
const ownDuties: Link = { href: '/tugas-saya', label: 'Tugas saya', icon: 'list-check' };
const trainings: Link = { href: '/pelatihan', label: 'Pelatihan', icon: 'calendar' };
const followUps: Link = { href: '/tindak-lanjut', label: 'Tindak lanjut', icon: 'clock' };
const imports: Link = { href: '/impor', label: 'Impor Excel', icon: 'file-spreadsheet' };
const duplicates: Link = { href: '/orang/ganda', label: 'Data ganda', icon: 'copy' };
const completeness: Link = { href: '/kelengkapan', label: 'Kelengkapan data', icon: 'list-check' };
const cycles: Link = { href: '/pernyataan', label: 'Masa pernyataan', icon: 'calendar' };
const accounts: Link = { href: '/pengguna', label: 'Pengguna', icon: 'user-cog' };
const settings: Link = { href: '/pengaturan', label: 'Pengaturan', icon: 'settings' };
const violations: Link = {
  href: '/pengaturan/pelanggaran',
  label: 'Pelanggaran',
  icon: 'alert-triangle',
};
const menu: Link = { href: '/menu', label: 'Menu', icon: 'menu-2' };

/** Links under a name of their own; those of the first group, without a name, are of every day. */
type Group<L> = { label: string | null; links: L[] };
type Groups = [daily: Group<Link>, ...others: Group<Link>[]];

const daily = (...shown: Link[]): Group<Link> => ({ label: null, links: shown });
const guidance = (...shown: Link[]): Group<Link> => ({ label: 'Pembinaan', links: shown });
const quality = (...shown: Link[]): Group<Link> => ({ label: 'Mutu data', links: shown });
const management = (...shown: Link[]): Group<Link> => ({ label: 'Pengelolaan', links: shown });

const groups: Record<Role, Groups> = {
  admin: [
    daily(home, institutions, report, decrees),
    guidance(trainings, followUps, duties),
    quality(completeness, violations, duplicates, imports),
    management(accounts, cycles, settings),
  ],
  kecamatan: [
    daily(home, report, institutions, decrees),
    guidance(trainings, followUps, duties),
    quality(completeness, violations, duplicates),
  ],
  lurah: [
    daily(home, proposals, institutions, report, decrees),
    guidance(trainings, followUps, duties),
    quality(completeness, violations, duplicates),
  ],
  staff: [
    daily(home, institutions, proposals, report, decrees),
    guidance(trainings, followUps, duties),
    quality(completeness, violations, duplicates, imports),
  ],
  officer: [
    daily(
      home,
      { ...institutions, label: 'Lembaga saya' },
      proposals,
      ownDuties,
      trainings,
      followUps,
      completeness,
    ),
  ],
  auditor: [
    daily(home, institutions, report, decrees),
    guidance(trainings, followUps, duties),
    quality(completeness, violations),
  ],
};

const roleNames: Record<Role, string> = {
  admin: 'Admin kota',
  kecamatan: 'Camat',
  lurah: 'Lurah',
  staff: 'Staf kelurahan',
  officer: 'Pengurus',
  auditor: 'Auditor',
};

/** What a role is called on screen. */
export const roleName = (role: Role) => roleNames[role];

/** Role and scope beside the name, such as "Lurah, Kelurahan Sukoharjo". */
export const roleLabel = (account: SignedInAccount) =>
  account.scopeName ? `${roleNames[account.role]}, ${account.scopeName}` : roleNames[account.role];

/** The links of a role, as `/menu` lists them. */
export const linksFor = (account: SignedInAccount): Group<Link>[] => groups[account.role];

export function navigationFor(account: SignedInAccount, path: string): Group<NavigationItem>[] {
  const shown = groups[account.role];
  const items = marked(
    shown.flatMap(({ links }) => links),
    path,
  );
  return shown.map(({ label, links }) => ({
    label,
    links: items.filter(({ href }) => links.some((link) => link.href === href)),
  }));
}

/** The phone's bottom bar: the first links of every day and the page that lists them all. */
export const bottomNavigationFor = (account: SignedInAccount, path: string): NavigationItem[] =>
  marked([...groups[account.role][0].links.slice(0, 4), menu], path);

/** The link that says most about the path is the current one: /pengaturan/pelanggaran before /pengaturan. */
function marked(shown: Link[], path: string): NavigationItem[] {
  const current = shown
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .toSorted((one, other) => other.href.length - one.href.length)[0];
  return shown.map((link) => ({ ...link, current: link === current, count: null }));
}
