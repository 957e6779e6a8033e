/** Why an approval did nothing: the roster or the proposal is not the one that was looked at, or the number is taken. */
export type ApprovalProblem =
  | { problem: 'stale' }
  | { problem: 'changed' }
  | { problem: 'blocked' }
  | { problem: 'decree-too-old'; field: 'decreedOn' | 'endingDecreedOn'; effectiveOn: string }
  | NumberProblem;

/** The number belongs to a decree of another day, or to one whose paper is signed already. */
export type NumberProblem =
  | { problem: 'decree-number-taken'; number: string; decreedOn: string }
  | { problem: 'decree-locked'; number: string };

export class ApprovalRefused extends Error {
  readonly reason: ApprovalProblem;

  constructor(reason: ApprovalProblem) {
    super(reason.problem);
    this.reason = reason;
  }
}
