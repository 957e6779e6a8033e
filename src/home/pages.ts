import type { Request, Response } from 'express';
import type { Role } from '#src/access.ts';
import { currentAccount } from '#src/http/request.ts';
import { linksFor } from '#src/navigation.ts';
import { cityStart, kecamatanStart } from '#src/home/overview-start-pages.ts';
import { lurahStart, staffStart } from '#src/home/kelurahan-start-pages.ts';
import { officerStart } from '#src/home/officer-start-page.ts';

/** Needs no database: this page stands when everything behind it is down. */
export function landing(req: Request, res: Response) {
  if (req.user) return res.redirect(303, '/beranda');
  res.renderPage('home/landing');
}

export async function startPage(req: Request, res: Response) {
  await startPages[currentAccount(req).role](req, res);
}

const startPages: Record<Role, (req: Request, res: Response) => Promise<void>> = {
  admin: cityStart,
  kecamatan: kecamatanStart,
  lurah: lurahStart,
  staff: staffStart,
  officer: officerStart,
  auditor: cityStart,
};

export function menuPage(req: Request, res: Response) {
  res.renderPage('home/menu', { groups: linksFor(currentAccount(req)) });
}

export function styleguide(_req: Request, res: Response) {
  res.renderPage('styleguide/index');
}
