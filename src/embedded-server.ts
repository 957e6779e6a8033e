import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Cluster } from '#src/embedded-cluster.ts';
import { runProgram } from '#src/embedded-programs.ts';

/** Starts the server on a port of 127.0.0.1 that is free, and answers the port. */
export async function startOnFreePort(cluster: Cluster): Promise<number> {
  await keepLogSmall(cluster);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      await startServer(cluster, port);
      return port;
    } catch (error) {
      // The port was taken meanwhile, or processes of a killed server are still on their way out.
      if (attempt === 5) throw await withLog(cluster, error);
      await pause(300 * attempt);
    }
  }
}

export async function stopServer(cluster: Cluster): Promise<void> {
  if (!(await isRunning(cluster))) return;
  const stopBy = (mode: 'fast' | 'immediate') =>
    pgCtl(cluster, 'stop', `--mode=${mode}`, '--timeout=30');
  await stopBy('fast').catch(() => stopBy('immediate'));
}

/** Ends what a killed portal left: a server that still runs, or only the note of one. */
export async function stopOrphan(cluster: Cluster): Promise<void> {
  if (await isRunning(cluster)) return stopServer(cluster);
  const processId = await processIdIn(cluster);
  // PostgreSQL refuses to start when another program has got the process number that its note names.
  if (processId && isAlive(processId)) await rm(processFile(cluster));
}

/** Starts the server again, on the same port, when something killed it; call the answer before you stop it. */
export function restartWhenKilled(cluster: Cluster, port: number): () => Promise<void> {
  let restart = Promise.resolve();
  const check = async () => {
    if (await isRunning(cluster)) return;
    await stopOrphan(cluster);
    await startServer(cluster, port);
  };
  const timer = setInterval(() => {
    restart = restart.then(check, check);
  }, 1000).unref();
  return () => {
    clearInterval(timer);
    return restart.catch(() => {});
  };
}

/** Tells the server to stop when this process exits without having stopped it; answers how to take that back. */
export function stopOnExit(cluster: Cluster): () => void {
  const stopSoon = () => {
    if (existsSync(processFile(cluster)))
      process.kill(Number.parseInt(readFileSync(processFile(cluster), 'utf8'), 10), 'SIGINT');
  };
  process.once('exit', stopSoon);
  return () => process.off('exit', stopSoon);
}

/** The port of the server that runs on the cluster's files. */
export async function portOf(cluster: Pick<Cluster, 'files'>): Promise<number> {
  const note = await readFile(processFile(cluster), 'utf8');
  return Number(note.split('\n')[3]);
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Values and rows stay out of the log: they may hold a NIK or a telephone number.
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
};

const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

async function startServer(cluster: Cluster, port: number): Promise<void> {
  const all = { port: String(port), ...settings, ...(cluster.durable ? {} : careless) };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  // Recovery after a crash may take its time; ordinarily it is a second.
  await pgCtl(
    cluster,
    'start',
    `--log=${logFile(cluster)}`,
    `--options=${options.join(' ')}`,
    '--timeout=300',
  );
}

function pgCtl(cluster: Cluster, action: string, ...parameters: string[]): Promise<void> {
  const all = [action, `--pgdata=${cluster.files}`, '--wait', ...parameters];
  return runProgram(cluster.programs, 'pg_ctl', all);
}

async function isRunning(cluster: Cluster): Promise<boolean> {
  const processId = await processIdIn(cluster);
  return !!processId && isAlive(processId) && (await commandOf(processId)).includes(cluster.files);
}

async function processIdIn(cluster: Cluster): Promise<number | undefined> {
  const note = await readFile(processFile(cluster), 'utf8').catch(() => '');
  return Number.parseInt(note, 10) || undefined;
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The command line of a process; process numbers are used again, above all in containers. */
async function commandOf(processId: number): Promise<string> {
  if (process.platform === 'linux')
    return readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
  const ps = promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(processId)]);
  return ps.then(
    ({ stdout }) => stdout,
    () => '',
  );
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

function processFile({ files }: Pick<Cluster, 'files'>): string {
  return path.join(files, 'postmaster.pid');
}

function logFile({ files }: Cluster): string {
  return path.join(files, 'server.log');
}

/** At each start a log of more than 8 MB becomes the old log. */
async function keepLogSmall(cluster: Cluster): Promise<void> {
  const log = logFile(cluster);
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  if (size > 8 * 1024 * 1024) await rename(log, `${log}.1`);
}

async function withLog(cluster: Cluster, cause: unknown): Promise<Error> {
  const log = await readFile(logFile(cluster), 'utf8').catch(() => '');
  const end = log.trimEnd().split('\n').slice(-5).join('\n');
  return new Error(`PostgreSQL did not start; the end of ${logFile(cluster)}:\n${end}`, { cause });
}
