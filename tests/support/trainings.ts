import { randomBytes, randomUUID } from 'node:crypto';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { hashOfToken, invitationToken } from '#src/invitations/tokens.ts';
import { unique } from './fixtures.ts';

type Invitee = {
  kelurahanId: number;
  institutionId: number;
  seatId: number;
  personId: number;
  name: string;
};

/** A training of a kelurahan on one day with two sessions (half-days), and these officers invited. */
export function makeTraining(given: {
  kelurahanId: number;
  title?: string;
  status?: 'draft' | 'scheduled' | 'running' | 'finished';
  /** Calendar date in Jakarta of the sessions, 08.00 to 11.00 and 12.30 to 15.00. */
  day?: string;
  invitees?: Invitee[];
  /** The list of a training that is no draft is sent, unless it is still composed. */
  isComposed?: true;
}) {
  const { kelurahanId, status = 'scheduled', day = '2026-12-10', invitees = [] } = given;
  return asActor(systemActor('tests'), async (tx) => {
    const training = await tx.training.create({
      data: {
        organiserKind: 'kelurahan',
        organiserName: 'Kelurahan Uji',
        kelurahanIds: [kelurahanId],
        title: given.title ?? `Pelatihan Uji ${unique()}`,
        status,
      },
    });
    const session = (from: string, until: string, topic: string) =>
      tx.trainingSession.create({
        data: {
          trainingId: training.id,
          startsAt: new Date(`${day}T${from}:00+07:00`),
          endsAt: new Date(`${day}T${until}:00+07:00`),
          venue: 'Bale Hinggil',
          topic,
          qrSecret: randomBytes(32),
        },
      });
    const sessions = [
      await session('08:00', '11:00', 'Tugas pengurus'),
      await session('12:30', '15:00', 'Dialog'),
    ];
    const invitations = [];
    for (const invitee of invitees) {
      const code = printedCode(unique());
      const token = invitationToken({ trainingId: training.id, code });
      invitations.push(
        await tx.trainingInvitation.create({
          data: {
            ...invitee,
            trainingId: training.id,
            kind: 'officer',
            sortName: invitee.name,
            tokenHash: hashOfToken(token),
            code,
          },
        }),
      );
    }
    if (status !== 'draft' && !given.isComposed)
      await tx.training.update({ where: { id: training.id }, data: { invitedAt: new Date() } });
    return { ...training, sessions, invitations };
  });
}

/** Six characters without look-alikes; another number, another code. */
function printedCode(number: number): string {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const digit = (place: number) => alphabet[Math.floor(number / 32 ** place) % 32] ?? '2';
  return [5, 4, 3, 2, 1, 0].map(digit).join('');
}

/** One row of each kind that a training gathers: attendance, test, feedback, dialogue, follow-up and certificate. */
export function makeTrainingRecords(
  training: Awaited<ReturnType<typeof makeTraining>>,
  canary: string,
) {
  const [session] = training.sessions;
  const [invitation] = training.invitations;
  const kelurahanId = training.kelurahanIds[0];
  if (!session || !invitation || kelurahanId === undefined) throw new Error('nobody is invited');
  const { institutionId, personId } = invitation;
  const ofTraining = { trainingId: training.id };
  const ofInvitation = { ...ofTraining, invitationId: invitation.id };
  const ofSession = { ...ofTraining, sessionId: session.id };
  const recorded = { recordedByName: `Pencatat ${canary}` };
  return asActor(systemActor('tests'), async (tx) => {
    await tx.trainingSessionEvent.create({ data: { ...ofSession, ...recorded, action: 'open' } });
    const file = await tx.trainingFile.create({
      data: {
        ...ofTraining,
        purpose: 'material',
        title: `Materi ${canary}`,
        link: 'https://contoh.id/',
      },
    });
    const photo = await tx.trainingFile.create({
      data: {
        ...ofTraining,
        purpose: 'photo',
        title: `Foto ${canary}`,
        name: 'foto.jpg',
        type: 'image/jpeg',
        bytes: new Uint8Array([255, 216, 255]),
      },
    });
    await tx.checkIn.create({
      data: {
        ...ofInvitation,
        sessionId: session.id,
        nonce: randomUUID(),
        method: 'tap',
        status: 'present',
      },
    });
    await tx.attendance.create({
      data: { ...ofInvitation, sessionId: session.id, status: 'present', method: 'tap' },
    });
    const question = await tx.trainingQuestion.create({
      data: {
        ...ofTraining,
        number: 1,
        text: `Soal ${canary}`,
        choices: ['Benar', 'Salah'],
        correct: 1,
      },
    });
    await tx.testResult.create({
      data: {
        ...ofInvitation,
        phase: 'pre',
        questionIds: [question.id],
        answers: [1],
        score: 1,
        means: 'paper',
      },
    });
    await tx.feedbackReceipt.create({ data: ofInvitation });
    await tx.trainingFeedback.create({
      data: {
        ...ofTraining,
        usefulness: 5,
        speakers: 4,
        organisation: 3,
        comment: `Kesan ${canary}`,
      },
    });
    const note = await tx.dialogueNote.create({
      data: {
        ...ofTraining,
        ...recorded,
        kind: 'obstacle',
        kelurahanId,
        institutionId,
        askerName: `Penanya ${canary}`,
        text: `Kendala ${canary}`,
      },
    });
    const followUp = await tx.followUp.create({
      data: {
        ...ofTraining,
        noteId: note.id,
        kelurahanId,
        institutionId,
        text: `Janji ${canary}`,
        ownerKind: 'kelurahan',
        ownerName: `Kelurahan ${canary}`,
        dueOn: new Date('2026-01-31T00:00:00Z'),
      },
    });
    await tx.followUpStep.create({
      data: { ...recorded, followUpId: followUp.id, kelurahanId, status: 'open' },
    });
    const certificate = await tx.certificate.create({
      data: {
        ...ofInvitation,
        kelurahanId,
        institutionId,
        personId,
        code: printedCode(unique()).padStart(26, '2'),
        number: `S/${unique()}/${canary}`,
        content: { name: `Warga ${canary}` },
        issuedByName: `Penerbit ${canary}`,
      },
    });
    await tx.certificateRevocation.create({
      data: {
        ...ofTraining,
        certificateId: certificate.id,
        reason: `Keliru ${canary}`,
        revokedOn: new Date('2026-02-01T00:00:00Z'),
        revokedByName: `Pencabut ${canary}`,
      },
    });
    return { file, photo, question, note, followUp, certificate };
  });
}

/** A material and a photo of a training, as short as a file can be. */
export const makeTrainingFiles = (trainingId: number) =>
  asActor(systemActor('tests'), async (tx) => {
    const bytes = new Uint8Array([255, 216, 255]);
    const file = { trainingId, title: 'Berkas Uji', name: 'uji.jpg', type: 'image/jpeg', bytes };
    return {
      material: await tx.trainingFile.create({ data: { ...file, purpose: 'material' } }),
      photo: await tx.trainingFile.create({ data: { ...file, purpose: 'photo' } }),
    };
  });

/** Something that was said in a training, and what was promised about it. */
export function makeFollowUp(
  training: { id: number; kelurahanIds: number[] },
  given: {
    institutionId?: number | null;
    text?: string;
    pillar?: string;
    ownerKind?: 'city' | 'kecamatan' | 'kelurahan' | 'institution' | 'other';
    ownerInstitutionId?: number;
    ownerAccountId?: number;
    dueOn?: string;
    status?: 'open' | 'in_progress' | 'claimed' | 'confirmed' | 'reopened';
  } = {},
) {
  const { text = `Janji ${unique()}`, ownerKind = 'kelurahan', dueOn = '2025-09-30' } = given;
  const kelurahanId = training.kelurahanIds[0] ?? 0;
  const institutionId = given.institutionId ?? null;
  return asActor(systemActor('tests'), async (tx) => {
    const note = await tx.dialogueNote.create({
      data: {
        trainingId: training.id,
        kind: 'obstacle',
        kelurahanId,
        institutionId,
        institutionName: institutionId === null ? '' : 'Lembaga Penanya',
        askerName: 'Penanya Uji',
        text: `Kendala ${unique()}`,
        recordedByName: 'Pencatat Uji',
        ...(given.pillar ? { pillar: given.pillar } : {}),
      },
    });
    const followUp = await tx.followUp.create({
      data: {
        trainingId: training.id,
        noteId: note.id,
        kelurahanId,
        institutionId,
        text,
        ownerKind,
        ownerName: `Penanggung Jawab ${unique()}`,
        ownerInstitutionId: given.ownerInstitutionId ?? null,
        ownerAccountId: given.ownerAccountId ?? null,
        dueOn: new Date(`${dueOn}T00:00:00Z`),
        status: given.status ?? 'open',
      },
    });
    await tx.followUpStep.create({
      data: {
        followUpId: followUp.id,
        kelurahanId,
        status: 'open',
        recordedByName: 'Pencatat Uji',
      },
    });
    return followUp;
  });
}
