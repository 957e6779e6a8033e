/** Says in its message, in Indonesian, what the person who starts the portal can do; no stack is shown. */
export class StartError extends Error {}

/** The system's or PostgreSQL's short name of what went wrong, such as ENOENT. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
