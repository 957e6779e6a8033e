/** Whether the database broke this constraint's rule; the name is the constraint's or index's own. */
export function violates(error: unknown, constraint: string): boolean {
  return violationOf(error)?.includes(constraint) ?? false;
}

/** Whether the database refused what was written: a rule that it holds, or a value that does not fit. */
export function isRefusedWrite(error: unknown): boolean {
  return (
    violationOf(error) !== null || causes(error).some((cause) => codeOf(cause).startsWith('22'))
  );
}

/** Whether the database could not be reached or did not answer in time; another try may succeed. */
export function isUnavailable(error: unknown): boolean {
  return causes(error).some(
    (cause) =>
      unavailableCodes.has(textOf(cause, 'code')) ||
      unavailableCodes.has(textOf(cause, 'originalCode')) ||
      unavailableMessages.test(textOf(cause, 'message')),
  );
}

const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  '40P01', // deadlock detected
  '53100', // disk full
  '53300', // too many connections
  '55P03', // lock not available
  '57014', // statement timeout
  '57P01', // terminated by an administrator
  '57P02', // crash of another backend
  '57P03', // starting up or shutting down
]);
const unavailableMessages =
  /timeout exceeded when trying to connect|Connection terminated|connection timeout|Query read timeout|the database system is|server closed the connection|Client has encountered a connection error/i;

/** The constraint a failed write ran into, with the message around it, or null. */
function violationOf(error: unknown): string | null {
  const found = causes(error).find((cause) =>
    /^23|^P2002$|^P2003$|^P2004$|^P2039$/.test(codeOf(cause)),
  );
  if (!found) return null;
  return causes(error)
    .flatMap((cause) => [
      textOf(cause, 'message'),
      textOf(cause, 'originalMessage'),
      textOf(cause, 'constraint'),
      JSON.stringify(valueOf(cause, 'constraint') ?? ''),
    ])
    .join('\n');
}

/** An error and what it wraps: Prisma hides the driver's error in `meta.driverAdapterError.cause`. */
function causes(error: unknown, depth = 0): object[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  return [
    error,
    ...['cause', 'meta', 'driverAdapterError'].flatMap((key) =>
      causes(valueOf(error, key), depth + 1),
    ),
  ];
}

const codeOf = (cause: object) => textOf(cause, 'originalCode') || textOf(cause, 'code');
const valueOf = (source: object, key: string): unknown => Reflect.get(source, key);

function textOf(source: object, key: string): string {
  const value = valueOf(source, key);
  return typeof value === 'string' ? value : '';
}
