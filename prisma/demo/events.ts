import { addDays } from '#src/format.ts';
import type { Kelurahan } from './boards.ts';
import type { DemoPerson } from './people.ts';
import type { PlannedInstitution, PlannedKelurahan, PlannedTenure } from './plan-types.ts';

/** Nothing happens to a board of RT and RW before it began, even on a computer whose clock is behind. */
export const sinceBoardsBegan = (day: string) => (day > '2025-06-02' ? day : '2025-06-02');

/** A chair of an RT left and nobody follows yet; so did, in some kelurahan, the chair of a Posyandu. */
export function emptyChairs(
  kelurahan: Kelurahan,
  institutions: PlannedInstitution[],
  today: string,
): void {
  const turn = Number(kelurahan.office.code.slice(-1));
  const rts = institutions.filter(({ type }) => type === 'RT');
  const posyandus = institutions.filter(
    ({ type, status }) => type === 'POSYANDU' && status === 'active',
  );
  const leaving = [
    rts[4 * turn],
    ...(turn % 2 === 0 ? [posyandus[2]] : []),
    ...(turn === 3 ? [rts[2]] : []),
  ];
  for (const [index, institution] of leaving.entries()) {
    const chair = institution && holderOf(institution, 'chair');
    if (!chair) continue;
    const day = sinceBoardsBegan(addDays(today, -(21 + 17 * turn + 30 * index)));
    endTenure(kelurahan, institution, chair, {
      day,
      reason: turn % 3 === 2 ? 'deceased' : turn % 3 === 1 ? 'moved' : 'resigned',
    });
  }
}

/** The one who holds a seat of this position on the current board. */
export function holderOf(
  { boards }: PlannedInstitution,
  position: string,
  number = 1,
): PlannedTenure | undefined {
  return boards
    .at(-1)
    ?.tenures.find(
      ({ seat, endedOn }) =>
        seat.position === position && seat.number === number && endedOn === null,
    );
}

export function endTenure(
  { office, decrees }: Kelurahan,
  institution: PlannedInstitution,
  tenure: PlannedTenure,
  ending: { day: string; reason: string },
): void {
  const position = positionNames[tenure.seat.position] ?? tenure.seat.label ?? 'Pengurus';
  tenure.endedOn = ending.day;
  tenure.endReason = ending.reason;
  tenure.endingDecree = decrees(
    ending.day,
    `Pemberhentian ${position} ${institution.name} Kelurahan ${office.name}`,
  );
}

const positionNames: Record<string, string> = {
  chair: 'Ketua',
  secretary: 'Sekretaris',
  treasurer: 'Bendahara',
};

/** The chair of Pokmas Sinar Mulia resigned; since then its secretary leads it as Pelaksana Ketua. */
export function makeSinarMulia(kelurahan: Kelurahan, plan: PlannedKelurahan): void {
  const institution = plan.institutions.find(({ name }) => name === 'Pokmas Sinar Mulia');
  const board = institution?.boards.at(-1);
  const chair = institution && holderOf(institution, 'chair');
  const secretary = institution && holderOf(institution, 'secretary');
  if (!board || !chair || !secretary)
    throw new Error('Pokmas Sinar Mulia lacks a chair or a secretary');

  endTenure(kelurahan, institution, chair, { day: '2025-07-01', reason: 'resigned' });
  secretary.person = actingChair;
  const acting: PlannedTenure = {
    ...secretary,
    seat: chair.seat,
    startOn: '2025-07-01',
    kind: 'acting',
    decree: kelurahan.decrees(
      '2025-07-01',
      `Penunjukan Pelaksana Ketua Pokmas Sinar Mulia Kelurahan ${kelurahan.office.name}`,
    ),
  };
  board.tenures.push(acting);
  institution.phone = actingChair.phone;
  plan.officers.set('ketua.sinarmulia', { institution, tenure: acting });
}

const actingChair: DemoPerson = {
  frontTitle: null,
  name: "Syaiful Ma'ruf Efendi",
  backTitle: 'S.Sos.',
  sex: 'male',
  birthPlace: 'Probolinggo',
  birthDate: '1984-08-19',
  address: 'Jl. Letjen Sutoyo No. 21',
  rtNumber: 2,
  rwNumber: 3,
  phone: '+6281200100045',
  educationLevel: 8,
  occupation: 88,
  nik: '3574041908849017',
};
