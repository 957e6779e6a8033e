import * as format from '#src/format.ts';
import type { MinutesAttendance } from '#src/minutes/statements.ts';

/** How many were invited, came and stayed away; of people who were never recorded nothing is said. */
export function attendanceInWords(attendance: MinutesAttendance) {
  const { invited, walkIns, present, invitedPresent, excused, isRecorded } = attendance;
  const added = present - invitedPresent;
  return {
    invited: people(invited),
    present: isRecorded
      ? people(present) +
        (walkIns > 0 && added > 0 ? `, ${format.number(added)} di antaranya tanpa undangan` : '')
      : 'Belum dicatat',
    absent: isRecorded
      ? people(invited - invitedPresent) +
        (excused > 0 ? `, ${format.number(excused)} di antaranya izin` : '')
      : 'Belum dicatat',
  };
}

const people = (count: number) => `${format.number(count)} orang`;
