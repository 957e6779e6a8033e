import type { Transaction } from '#src/database.ts';
import { addDays, prismaDate } from '#src/format.ts';
import { demoMinutes, demoNotes, type DemoNote, type DemoPromise } from './dialogue.ts';

/** Kendala, masukan and the five hopes of 7 August 2025, what became of the promises, and the texts of the minutes. */
export async function loadDialogue(tx: Transaction, today: string): Promise<void> {
  const training = await tx.training.findFirstOrThrow({
    where: { status: 'finished', title: { contains: 'Kebonsari Wetan' } },
    include: { sessions: { orderBy: { startsAt: 'desc' }, take: 1 } },
  });
  const [session] = training.sessions;
  if (!session) throw new Error('demo: the training has no session');
  const accounts = await namedAccounts(tx);
  const heard = await participantsOf(tx, session.id);
  for (const [index, { asker, kind, promise, ...said }] of demoNotes.entries()) {
    const person = takeAsker(heard, asker);
    const at = new Date(session.startsAt.getTime() + (10 + 9 * index) * 60_000);
    const note = await tx.dialogueNote.create({
      data: {
        trainingId: training.id,
        sessionId: session.id,
        kind,
        kelurahanId: person.kelurahanId,
        institutionId: person.institutionId,
        invitationId: person.id,
        askerName: person.name,
        institutionName: person.institutionName,
        text: said.text,
        answer: said.answer ?? '',
        answeredByName: said.answeredBy ?? '',
        pillar: said.pillar ?? null,
        ...accounts.camat,
        createdAt: at,
      },
    });
    if (promise) await loadPromise(tx, { note, promise, at, accounts, today });
  }
  await tx.training.update({ where: { id: training.id }, data: { minutesTexts: demoMinutes } });
  await tx.trainingFile.create({
    data: {
      trainingId: training.id,
      purpose: 'material',
      title: 'Peraturan Wali Kota Probolinggo Nomor 31 Tahun 2019',
      link: 'https://jdih.probolinggokota.go.id/',
      uploadedBy: accounts.camat.recordedBy,
    },
  });
}

type Accounts = Awaited<ReturnType<typeof namedAccounts>>;

/** Who records, as a row names them. */
async function namedAccounts(tx: Transaction) {
  const named = async (username: string) => {
    const { id, displayName } = await tx.account.findUniqueOrThrow({ where: { username } });
    return { recordedBy: id, recordedByName: displayName };
  };
  return {
    lurah: await named('lurah.kebonsariwetan'),
    camat: await named('camat.kanigaran'),
    pokmas: await named('ketua.sinarmulia'),
  };
}

type Participant = {
  id: number;
  kelurahanId: number;
  institutionId: number;
  name: string;
  positionName: string;
  institutionName: string;
};

const participantsOf = (tx: Transaction, sessionId: number) =>
  tx.$queryRaw<Participant[]>`
    SELECT i.id, i.kelurahan_id AS "kelurahanId", i.institution_id AS "institutionId", i.name, i.position_name AS "positionName",
      i.institution_name AS "institutionName"
    FROM training_invitations i JOIN attendances a ON a.invitation_id = i.id
    WHERE a.session_id = ${sessionId} AND a.status IN ('present', 'late') AND i.kind = 'officer' ORDER BY i.id`;

/** The first who fits, and not the same one again unless nobody else does. */
function takeAsker(heard: Participant[], [position, institution]: DemoNote['asker']): Participant {
  const at = heard.findIndex(
    (one) => one.positionName.startsWith(position) && institution.test(one.institutionName),
  );
  const [person] = heard.splice(at, at < 0 ? 0 : 1);
  if (!person) throw new Error(`demo: no ${position} came`);
  heard.push(person);
  return person;
}

async function loadPromise(
  tx: Transaction,
  given: {
    note: {
      id: number;
      trainingId: number;
      kelurahanId: number | null;
      institutionId: number | null;
    };
    promise: DemoPromise;
    at: Date;
    accounts: Accounts;
    today: string;
  },
) {
  const { note, promise, at, accounts, today } = given;
  const kelurahanId = note.kelurahanId ?? 0;
  const { id } = await tx.followUp.create({
    data: {
      trainingId: note.trainingId,
      noteId: note.id,
      kelurahanId,
      institutionId: note.institutionId,
      text: promise.text,
      ...(await ownerOf(tx, promise, kelurahanId)),
      dueOn: prismaDate(addDays(today, promise.dueIn)),
      status: promise.steps.at(-1)?.status ?? 'open',
      version: promise.steps.length + 1,
      createdAt: at,
    },
  });
  const steps = promise.steps.map(({ status, daysAgo, by, note: words }) => ({
    status,
    note: words ?? '',
    at: new Date(`${addDays(today, -daysAgo)}T10:00:00+07:00`),
    ...accounts[by],
  }));
  await tx.followUpStep.createMany({
    data: [{ status: 'open', note: '', at, ...accounts.camat }, ...steps].map((step) => ({
      ...step,
      followUpId: id,
      kelurahanId,
    })),
  });
}

async function ownerOf(tx: Transaction, promise: DemoPromise, kelurahanId: number) {
  const { owner: ownerKind, ownerName, ownerUsername } = promise;
  if (ownerKind === 'institution') {
    const { id, name } = await tx.institution.findFirstOrThrow({
      where: { kelurahanId, institutionType: { code: 'PKK' } },
      select: { id: true, name: true },
    });
    return { ownerKind, ownerName: name, ownerInstitutionId: id };
  }
  if (ownerUsername === undefined) return { ownerKind, ownerName };
  const account = await tx.account.findUniqueOrThrow({ where: { username: ownerUsername } });
  return {
    ownerKind,
    ownerName: `${ownerName}, ${account.displayName}`,
    ownerAccountId: account.id,
  };
}
