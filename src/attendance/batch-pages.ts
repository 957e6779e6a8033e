import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import type { BatchInput } from '#src/attendance/form.ts';
import { countHere, type Outcome, recordCheckIn } from '#src/attendance/repository.ts';
import { standingBadges } from '#src/attendance/rules.ts';
import { recordable } from '#src/attendance/tap-pages.ts';

/** Takes the taps that a device kept while it had no network; each is stored once however often it comes. */
export async function receiveTaps(req: Request, res: Response, form: Form<BatchInput>) {
  const { input } = form;
  if (!input) return res.status(422).json({ errors: form.errors });
  const account = currentAccount(req);
  const answer = await asActor(actorOf(req), async (tx) => {
    const { sessionId } = await recordable(tx, req);
    const taps = [];
    // In one order, so that two devices never wait for each other.
    for (const tap of input.taps.toSorted((a, b) => a.invitationId - b.invitationId)) {
      const outcome = await recordCheckIn(tx, account, {
        ...tap,
        sessionId,
        method: 'tap',
        status: 'present',
        clientAt: onOurClock(tap.at, input.sentAt),
      });
      taps.push(wordsFor(tap.nonce, outcome));
    }
    return { taps, here: await countHere(tx, sessionId) };
  });
  res.json(answer);
}

/** How long ago the tap was made, by a clock that may be wrong, counted back from now. */
const onOurClock = (at: Date, sentAt: Date) =>
  new Date(Date.now() - Math.max(0, sentAt.getTime() - at.getTime()));

function wordsFor(nonce: string, { outcome, standing, standingAt }: Outcome) {
  const isKept = outcome === 'recorded' || outcome === 'repeated';
  if (!isKept) return { nonce, isKept, label: 'Tidak diterima', tone: 'bad', time: null };
  const { label, tone = null } = standingBadges[standing ?? 'unrecorded'];
  return { nonce, isKept, label, tone, time: standingAt && format.clock(standingAt) };
}
