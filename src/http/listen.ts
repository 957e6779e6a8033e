import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { codeOf, StartError } from '#src/start-error.ts';

/** Listens until `close`, which finishes the requests in flight. */
export async function listen(
  app: RequestListener,
  { port, host }: { port: number; host: string },
): Promise<{ close: () => Promise<void> }> {
  const server = createServer(limits, app);
  const answering = new Set<ServerResponse>();
  server.on('request', (req, res) => {
    if (!isUpload(req)) cutOffLate(req);
    answering.add(res);
    res.once('close', () => answering.delete(res));
  });
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(reasonNotListening(error, port, host));
  }
  return { close: () => drain(server, answering) };
}

/**
 * Milliseconds (security.md, requirement 78). Five megabytes over slow mobile data take minutes; everything else that is
 * sent is small and has `formTimeout`. A proxy keeps its connections for a minute, so we keep them a little longer.
 */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 180_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2000,
};
const formTimeout = 20_000;
const drainLimit = 10_000;

const isUpload = ({ headers }: IncomingMessage) =>
  headers['content-type']?.startsWith('multipart/form-data') ?? false;

/** Ends a request whose body is still on its way after the time of a form. */
function cutOffLate(req: IncomingMessage) {
  if (req.method === 'GET' || req.complete) return;
  const timer = setTimeout(() => {
    if (!req.complete) req.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  }, formTimeout);
  const clear = () => clearTimeout(timer);
  req.once('end', clear).once('close', clear);
}

async function drain(server: Server, answering: Set<ServerResponse>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const res of answering) if (!res.headersSent) res.setHeader('Connection', 'close');
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const limit = setTimeout(() => server.closeAllConnections(), drainLimit);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}

function reasonNotListening(error: unknown, port: number, host: string): string {
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return `Port ${port} sudah dipakai program lain; hentikan program itu atau pilih port lain, misalnya PORT=${port + 1} npm start.`;
  if (code === 'EACCES')
    return `Port ${port} tidak boleh dipakai pengguna ini; pilih port di atas 1023, misalnya PORT=3000.`;
  return `Portal tidak dapat menerima sambungan di ${host}:${port} (${code}); periksa HOST dan PORT.`;
}
