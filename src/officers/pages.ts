import type { Request, Response } from 'express';
import { can, type SignedInAccount } from '#src/access.ts';
import { city } from '#src/city.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { institutionFrame } from '#src/institutions/frame.ts';
import { seesPhones } from '#src/institutions/rules.ts';
import { institutionHeader } from '#src/institutions/statements.ts';
import { rosterSignatories, type RosterQuery } from '#src/officers/form.ts';
import {
  boardsOf,
  replacementsIn,
  rosterOn,
  type Board,
  type Replacement,
} from '#src/officers/repository.ts';
import {
  endReasonInWords,
  kindNames,
  organisationChart,
  rosterLines,
} from '#src/officers/rules.ts';
import { signatoryOptions } from '#src/pdf/signatories.ts';

export async function officerRoster(req: Request, res: Response, form: Form<RosterQuery>) {
  const today = format.today();
  const day = form.input?.tanggal ?? today;
  const { header, roster, boards, replacements, account } = await readRoster(req, day, today);
  const board = boardOn(boards, day);
  if (!form.input) res.status(422);
  res.renderPage('officers/roster', {
    ...institutionFrame(header, account, today, 'Pengurus'),
    institution: header,
    form: {
      ...form,
      values: { tanggal: form.input ? typedDate(day) : (form.values.tanggal ?? '') },
    },
    day,
    isToday: day === today,
    board: board && { ...board, label: format.term(board.startsOn, board.endsOn) },
    terms: termLinks(header.id, boards, { today, chosen: board, isPast: day !== today }),
    lines: rosterLines(roster),
    chart: organisationChart(roster),
    phones: seesPhones(account),
    propose:
      day === today && can(account, 'roster-change:propose')
        ? `/usulan/baru?lembaga=${header.id}`
        : null,
    replacements: replacements.map(replacementInWords),
    workbookHref: `/lembaga/${header.id}/pengurus.xlsx${day === today ? '' : `?tanggal=${day}`}`,
    nikHref: can(account, 'nik:reveal')
      ? `/lembaga/${header.id}/pengurus/nik${day === today ? '' : `?tanggal=${day}`}`
      : null,
    pdf: {
      action: `/lembaga/${header.id}/pengurus.pdf`,
      hidden: day === today ? [] : [{ name: 'tanggal', value: day }],
      options: signatoryOptions(rosterSignatories),
    },
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

export async function readRoster(req: Request, day: string, today: string) {
  const account: SignedInAccount = currentAccount(req);
  const id = idFrom(req);
  const [[header], roster, boards, replacements] = await readAs(
    actorOf(req),
    institutionHeader(id, today),
    rosterOn(id, day),
    boardsOf(id),
    replacementsIn(id, day),
  );
  if (!header) throw notFound();
  return { header, roster, boards, replacements, account };
}

/** The board whose term covers the day, else the last one that began before it: its officers may still wait for successors. */
export const boardOn = (boards: readonly Board[], day: string) =>
  boards.find(({ startsOn }) => startsOn <= day) ?? null;

type Chosen = { today: string; chosen: Board | null; isPast: boolean };

/** "2025–2030 (berjalan)" leads to today, an earlier term to its last day, a coming one to its first. */
function termLinks(
  institutionId: number,
  boards: readonly Board[],
  { today, chosen, isPast }: Chosen,
) {
  const here = `/lembaga/${institutionId}/pengurus`;
  return boards.map((board) => {
    const running = board.startsOn <= today && (board.endsOn === null || board.endsOn > today);
    const ended = board.endsOn !== null && board.endsOn <= today;
    const day = ended ? format.lastDay(board.endsOn ?? today) : board.startsOn;
    return {
      label: `${format.term(board.startsOn, board.endsOn)}${running ? ' (berjalan)' : ''}`,
      href: running ? here : `${here}?tanggal=${day}`,
      ...(board.id === chosen?.id && (running || isPast) ? { current: true as const } : {}),
    };
  });
}

function replacementInWords(row: Replacement) {
  return {
    ...row,
    kindName: kindNames[row.kind] ?? row.kind,
    until: row.endedOn === null ? null : format.lastDay(row.endedOn),
    reason: endReasonInWords(row.endReason),
  };
}

/** 17-08-2024, as the date field of the page asks for it. */
const typedDate = (day: string) => day.split('-').toReversed().join('-');
