import { incomingName, type Change, type ChangeLine } from '#src/roster-changes/change.ts';

/** The pages of a draft: one question each; `nextStep` is the first that is not answered yet. */

export function nextStep(change: Change): string {
  const base = `/usulan/${change.id}`;
  if (change.kind === 'new_board') {
    if (change.effectiveOn === null) return `${base}/masa-bakti`;
    const open = change.lines.map((line) => openQuestion(line)).find((step) => step !== null);
    return open ? `${base}/${open}` : `${base}/susunan`;
  }
  const [line] = change.lines;
  if (!line) return `${base}/kursi`;
  const open = change.kind === 'end' ? null : (chooseNominee(change, line) ?? openQuestion(line));
  if (open) return `${base}/${open}`;
  return change.effectiveOn === null ? `${base}/waktu` : `${base}/periksa`;
}

function chooseNominee(change: Change, line: ChangeLine): string | null {
  if (change.kind !== 'acting') return null;
  return line.incoming || line.candidate ? null : `kursi/${line.seatId}/calon`;
}

/** Which page about a new person is still to fill in; a page that was sent has left its fields, even if empty. */
function openQuestion(line: ChangeLine): string | null {
  const { candidate, seatId } = line;
  if (!candidate) return null;
  if (candidate.name === undefined) return `kursi/${seatId}/orang`;
  if (candidate.birthDate === undefined) return `kursi/${seatId}/identitas`;
  if (candidate.suspects?.length) return `kursi/${seatId}/kecocokan`;
  if (candidate.phone === undefined) return `kursi/${seatId}/kontak`;
  return null;
}

/** Whether everything is answered, so that the draft can be sent. */
export function isComplete(change: Change): boolean {
  const end = nextStep(change);
  return change.kind === 'new_board'
    ? end.endsWith('/susunan') && change.lines.some((line) => incomingName(line) !== null)
    : end.endsWith('/periksa');
}

/** Labels of the steps and which one a page is, for the line above the form. */
export function stepsOf(change: Pick<Change, 'kind'>, page: 'seat' | 'person' | 'time' | 'check') {
  const labels =
    change.kind === 'new_board'
      ? ['Masa bakti', 'Susunan', 'Periksa']
      : change.kind === 'end'
        ? ['Jabatan', 'Waktu dan alasan', 'Periksa']
        : ['Jabatan', 'Calon', 'Waktu dan alasan', 'Periksa'];
  const positions = {
    new_board: { seat: 1, person: 2, time: 1, check: 3 },
    end: { seat: 1, person: 1, time: 2, check: 3 },
    one: { seat: 1, person: 2, time: 3, check: 4 },
  };
  const kind = change.kind === 'new_board' || change.kind === 'end' ? change.kind : 'one';
  return { labels, current: positions[kind][page] };
}
