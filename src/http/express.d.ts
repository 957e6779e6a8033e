import type { SignedInAccount } from '#src/access.ts';
import type { Ticks } from '#src/attestations/ticks.ts';

declare global {
  namespace Express {
    interface User extends SignedInAccount {}
    interface Request {
      /** The session store did not answer: public pages still work, all others answer 503. */
      sessionUnavailable?: boolean;
    }
    interface Response {
      /** Renders a page of views/ inside the layout. */
      renderPage(view: string, locals?: Record<string, unknown>): void;
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    /** Milliseconds; a session ends twelve hours after this, whatever it is used for. */
    startedAt: number;
    /** Milliseconds; moved on at most once in five minutes, so that a page view is rarely a write. */
    seenAt: number;
    userAgent: string;
    notice: string;
    /** The training whose certificates this browser is issuing, until the page has shown how far it came. */
    issuing: number;
    attestation: Ticks;
  }
}
