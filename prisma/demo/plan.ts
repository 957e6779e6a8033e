import { boardOf, earlierBoardOf, type DecreeBook, type Kelurahan } from './boards.ts';
import { changesOf } from './changes.ts';
import { emptyChairs, makeSinarMulia } from './events.ts';
import { institutionsOf } from './institutions.ts';
import { offices, type Office } from './kanigaran.ts';
import { peopleMaker, type DemoPerson } from './people.ts';
import type { PlannedDecree, PlannedInstitution, PlannedKelurahan } from './plan-types.ts';
import { randomFrom } from './random.ts';
import { termsOf } from './terms.ts';

/** The whole of Kecamatan Kanigaran. People are the same on every machine and day; only some terms are laid around today. */
export function planKanigaran(today: string): PlannedKelurahan[] {
  const taken = new Set<string>();
  return offices.map((office) => planKelurahan(office, taken, today));
}

function planKelurahan(office: Office, taken: Set<string>, today: string): PlannedKelurahan {
  const random = randomFrom(office.code);
  const register: PlannedDecree[] = [];
  const kelurahan = {
    office,
    random,
    makePerson: peopleMaker(random, taken, office.gaps),
    decrees: decreeBook(office, register),
  };
  const institutions = institutionsOf(office, random);
  setAside(institutions);
  fillBoards(kelurahan, institutions, today);
  emptyChairs(kelurahan, institutions, today);
  const plan = { office, institutions, changes: [], officers: new Map() };
  if (office.name === 'Kebonsari Wetan') makeSinarMulia(kelurahan, plan);
  const planned = changesOf(kelurahan, plan, today);
  numberDecrees(office, register);
  return planned;
}

/** A group that still waits for its first decree, and a Posyandu that is asleep. */
function setAside(institutions: PlannedInstitution[]): void {
  for (const institution of institutions) {
    if (institution.name === 'Pokmas Mekar Sari') institution.status = 'proposed';
    if (institution.name === 'Posyandu Sedap Malam') institution.status = 'dormant';
  }
}

function fillBoards(kelurahan: Kelurahan, institutions: PlannedInstitution[], today: string): void {
  const indexes = new Map<string, number>();
  for (const institution of inOrder(institutions)) {
    const index = indexes.get(institution.type) ?? 0;
    indexes.set(institution.type, index + 1);
    const terms = termsOf(institution, { office: kelurahan.office, today, index });
    const current = terms.at(-1);
    if (!current) continue;

    const board = boardOf(
      kelurahan,
      institution,
      current,
      peopleWhoMayDouble(institution, institutions),
    );
    const earlier = terms
      .slice(0, -1)
      .map((term) => earlierBoardOf(kelurahan, institution, term, board));
    institution.boards = [...earlier, board];
  }
}

/** PKK draws on the Posyandu and Pokmas on RT and RW, so those come first. */
function inOrder(institutions: PlannedInstitution[]): PlannedInstitution[] {
  const others = institutions.filter((institution) => !drawsOnOthers(institution));
  return [...others, ...institutions.filter(drawsOnOthers)];
}

const drawsOnOthers = ({ type }: PlannedInstitution) => type === 'PKK' || type === 'POKMAS';

function peopleWhoMayDouble(
  { type }: PlannedInstitution,
  institutions: PlannedInstitution[],
): DemoPerson[] {
  if (type !== 'PKK' && type !== 'POKMAS') return [];
  const from = type === 'PKK' ? ['POSYANDU'] : ['RT', 'RW'];
  const sources = institutions.filter((institution) => from.includes(institution.type));
  return sources.flatMap(({ boards }) => boards.at(-1)?.tenures ?? []).map(({ person }) => person);
}

function decreeBook(office: Office, register: PlannedDecree[]): DecreeBook {
  return (decreedOn, about) => {
    const known = register.find(
      (decree) => decree.decreedOn === decreedOn && decree.about === about,
    );
    if (known) return known;
    const signatory = decreedOn < office.headSince ? office.formerHeadName : office.headName;
    const decree = { decreedOn, about, signatory, number: '' };
    register.push(decree);
    return decree;
  };
}

/** Numbers run through the year in order of date, with gaps for the decrees on other things. */
function numberDecrees({ code }: Office, register: PlannedDecree[]): void {
  const last = new Map<string, number>();
  for (const decree of register.toSorted((one, other) =>
    one.decreedOn.localeCompare(other.decreedOn),
  )) {
    const year = decree.decreedOn.slice(0, 4);
    const number = (last.get(year) ?? 2) + 1 + (decree.about.length % 3);
    last.set(year, number);
    decree.number = `188.45/${number}/425.50${code.slice(-1)}/${year}`;
  }
}
