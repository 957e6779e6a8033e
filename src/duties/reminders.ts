import { config } from '#src/config.ts';
import type { OfficerStanding, ShareFigures } from '#src/duties/standing.ts';
import * as format from '#src/format.ts';

/** Prepared texts to those who have not confirmed their duties; they name an institution and nobody. */

export function institutionReminder(line: ShareFigures, kelurahanName: string): string | null {
  const waiting = line.again + line.never;
  if (waiting === 0) return null;
  const left = `${format.number(waiting)} pengurus ${line.placeName} belum mengonfirmasi uraian tugasnya`;
  return format.whatsAppUrl(textOf({ left, kelurahanName }), line.phone);
}

export function officerReminder(officer: OfficerStanding): string | null {
  if (officer.standing === 'confirmed') return null;
  const left = `pengurus ${officer.institutionName} diminta membaca dan mengonfirmasi uraian tugasnya`;
  return format.whatsAppUrl(textOf({ left, kelurahanName: officer.kelurahanName }), officer.phone);
}

const textOf = ({ left, kelurahanName }: { left: string; kelurahanName: string }) =>
  `Bapak/Ibu yang kami hormati, ${left} di Portal LKK. Mohon dibaca dan dikonfirmasi: ${config().publicUrl}/tugas-saya. Yang belum punya akun dapat menandatangani kartu tugas di kelurahan. Terima kasih. — Kelurahan ${kelurahanName}`;
