import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { city } from '#src/city.ts';
import { readAs } from '#src/database.ts';
import { officerLine, sectionsOf, shareOf } from '#src/duties/rules.ts';
import { standingsOf } from '#src/duties/standing.ts';
import { dutiesInForce } from '#src/duties/versions.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { institutionFrame } from '#src/institutions/frame.ts';
import { institutionHeader } from '#src/institutions/statements.ts';

/** The duties of an institution, its own among them, and which of its officers have confirmed theirs. */
export async function institutionDuties(req: Request, res: Response) {
  const { header, duties, officers } = await readDuties(req);
  const account = currentAccount(req);
  const sections = sectionsOf(duties);
  const confirmed = officers.filter(({ standing }) => standing === 'confirmed').length;
  res.renderPage('duties/institution', {
    ...institutionFrame(header, account, format.today(), 'Tugas'),
    institution: header,
    groups: sections.filter(({ isPosition }) => !isPosition),
    positions: sections.filter(({ isPosition }) => isPosition),
    adds: can(account, 'institution:write'),
    records: can(account, 'duty:record') && officers.length > confirmed,
    confirms: account.role === 'officer',
    score: {
      confirmed,
      officers: officers.length,
      percent: shareOf({ officers: officers.length, confirmed }),
    },
    officers: officers.map(officerLine),
  });
}

/** A card for each officer, four on a sheet, with room for a signature. */
export async function dutyCards(req: Request, res: Response) {
  const { header, duties, officers } = await readDuties(req);
  res.renderPage('duties/cards', {
    institution: header,
    today: format.today(),
    cards: officers.map((officer) => ({
      ...officerLine(officer),
      sections: sectionsOf(duties.filter(({ id }) => officer.dutyIds.includes(id)))
        .toSorted((one, other) => Number(other.isPosition) - Number(one.isPosition))
        .map(({ title, items }) => ({ title, items: items.map(({ text }) => text) })),
    })),
  });
}

/** All duties of the institution as the annex of a letter. */
export async function dutyAnnex(req: Request, res: Response) {
  const { header, duties, officers } = await readDuties(req);
  const today = format.today();
  const namesOf = (positionTypeId: string) =>
    officers
      .filter((officer) => String(officer.positionTypeId) === positionTypeId)
      .map((officer) => officerLine(officer).fullName);
  res.renderPage('duties/annex', {
    institution: header,
    today,
    sections: sectionsOf(duties).map((section) => ({
      ...section,
      names: section.isPosition ? namesOf(section.key) : [],
    })),
    signature: {
      place: city().name.replace(/^(Kota|Kabupaten) /, ''),
      date: format.date(today),
      office: `Lurah ${header.kelurahanName}`,
      name: header.headName,
      rank: header.headRank,
      nip: header.headNip,
    },
  });
}

async function readDuties(req: Request) {
  const id = idFrom(req);
  const today = format.today();
  const [[header], duties, officers] = await readAs(
    actorOf(req),
    institutionHeader(id, today),
    dutiesInForce(id, today),
    standingsOf(id, today),
  );
  if (!header) throw notFound();
  return { header, duties, officers };
}
