import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

const program = path.join(import.meta.dirname, '../../src/server.ts');

export type PortalProcess = Awaited<ReturnType<typeof spawnPortal>>;

/** The real server in a process of its own, with this environment and nothing of the tests'. */
export async function spawnPortal(environment: Record<string, string>) {
  const port = await freePort();
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const exit = once(child, 'close').then(() => ({ code: child.exitCode, output, errors }));

  const ready = new Promise<boolean>((resolve) => {
    child.stdout.on('data', () => output.includes('siap di') && resolve(true));
    void exit.then(() => resolve(false));
  });
  return {
    origin: `http://localhost:${environment.PORT ?? port}`,
    /** Whether it came to serve; false when it ended before. */
    ready,
    exit,
    output: () => output,
    kill: (signal: 'SIGTERM' | 'SIGKILL') => child.kill(signal),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
