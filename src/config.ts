import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import type { Keys } from '#src/keys.ts';
import { StartError } from '#src/start-error.ts';

/** Names every variable that is missing or wrong, with what to write. */
export class ConfigError extends StartError {}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type NikKey = { id: string; key: Buffer };

export type Config = {
  /** demo: no DATABASE_URL; the portal keeps its own PostgreSQL and loads the demo city. */
  mode: 'demo' | 'server';
  production: boolean;
  port: number;
  host: string;
  /** The origin people see, without a slash at the end. */
  publicUrl: string;
  /** Its user owns the schema; the portal itself signs in with `databaseAppPassword`. */
  databaseUrl: string;
  databaseAppPassword: string;
  sessionSecret: string;
  /** The first key writes, all of them read. */
  nikKeys: NikKey[];
  nikIndexKey: Buffer;
  trustedProxies: string[];
  logLevel: (typeof logLevels)[number];
  dataDirectory: string;
  /** In tests every row is compared with the shape its statement declares. */
  checkRows: boolean;
};

/** What the environment says; in demo mode the address of the database is known once it runs. */
export type Settings = Omit<Config, 'databaseUrl'> & { databaseUrl: string | null };

let current: Config | undefined;

/** Sets, once at start, what `config()` answers. */
export function configure(config: Config): void {
  current = config;
}

export function config(): Config {
  if (!current) throw new Error('config() was read before configure()');
  return current;
}

export type Environment = Record<string, string | undefined>;

/** Checks the environment; `keys` stand in for the secrets that it does not set. */
export function readConfig(environment: Environment, keys?: Keys): Settings {
  // A variable that is set to nothing, as in an .env file with blanks, is a variable that is not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const parsed = schemaOf(given).safeParse({
    ...given,
    DATABASE_APP_PASSWORD: given.DATABASE_APP_PASSWORD ?? keys?.databaseAppPassword,
    SESSION_SECRET: given.SESSION_SECRET ?? keys?.sessionSecret,
    NIK_KEYS: given.NIK_KEYS ?? keys?.nikKeys,
    NIK_INDEX_KEY: given.NIK_INDEX_KEY ?? keys?.nikIndexKey,
  });
  if (!parsed.success) throw new ConfigError(sentenceOf(parsed.error));

  const value = parsed.data;
  const mode = value.DATABASE_URL ? 'server' : 'demo';
  return {
    mode,
    production: value.NODE_ENV === 'production',
    port: value.PORT,
    host: value.HOST ?? (mode === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: new URL(value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).origin,
    databaseUrl: value.DATABASE_URL ?? null,
    databaseAppPassword: value.DATABASE_APP_PASSWORD,
    sessionSecret: value.SESSION_SECRET,
    nikKeys: value.NIK_KEYS.split(',').map(nikKeyOf),
    nikIndexKey: Buffer.from(value.NIK_INDEX_KEY, 'base64'),
    trustedProxies: value.TRUSTED_PROXIES,
    logLevel: value.LOG_LEVEL ?? (mode === 'demo' ? 'warn' : 'info'),
    dataDirectory: dataDirectoryOf(environment),
    checkRows: value.NODE_ENV === 'test',
  };
}

/** Where the embedded PostgreSQL and the keys live. */
export function dataDirectoryOf(environment: Environment): string {
  return path.resolve(environment.PORTAL_DATA_DIR || path.join(import.meta.dirname, '../data'));
}

function schemaOf(given: Environment) {
  const production = given.NODE_ENV === 'production';
  const needed = <Type extends z.ZodType>(type: Type) => (production ? type : type.optional());

  return z.object({
    NODE_ENV: z
      .enum(['development', 'production', 'test'], {
        error: 'isi dengan production, development, atau test',
      })
      .default('development'),
    PORT: z.coerce
      .number({ error: messages.port })
      .int(messages.port)
      .min(1, messages.port)
      .max(65535, messages.port)
      .default(3000),
    HOST: z.string().optional(),
    PUBLIC_URL: needed(
      text(messages.publicUrl).refine(
        (value) => isPublicUrl(value, production),
        messages.publicUrl,
      ),
    ),
    DATABASE_URL: needed(text(messages.databaseUrl).refine(isDatabaseUrl, messages.databaseUrl)),
    DATABASE_APP_PASSWORD: text(messages.appPassword).regex(
      /^[\x21-\x7e]{24,}$/,
      messages.appPassword,
    ),
    SESSION_SECRET: text(messages.sessionSecret).min(32, messages.sessionSecret),
    NIK_KEYS: text(messages.nikKeys).refine(areNikKeys, messages.nikKeys),
    NIK_INDEX_KEY: text(messages.nikIndexKey)
      .refine(isKey, messages.nikIndexKey)
      .refine((value) => !given.NIK_KEYS?.includes(value), messages.nikIndexKey),
    TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform((value) => value.split(',').flatMap((part) => part.trim() || []))
      .refine((list) => list.every(isAddressOrNetwork), messages.trustedProxies),
    LOG_LEVEL: z
      .enum(logLevels, { error: `isi dengan salah satu dari ${logLevels.join(', ')}` })
      .optional(),
  });
}

function text(message: string) {
  return z.string({ error: message });
}

const messages = {
  port: 'isi dengan angka 1 sampai 65535, misalnya 3000',
  publicUrl:
    'isi dengan alamat portal seperti yang dibuka warga, diawali https:// dan tanpa jalur, misalnya https://lkk.probolinggokota.go.id',
  databaseUrl:
    'isi dengan alamat PostgreSQL 18 beserta pemilik skemanya, misalnya postgresql://pemilik:sandi@10.0.0.5:5432/portal',
  appPassword:
    'isi dengan paling sedikit 24 huruf atau angka acak tanpa spasi, misalnya hasil perintah openssl rand -hex 24',
  sessionSecret:
    'isi dengan paling sedikit 32 huruf atau angka acak, misalnya hasil perintah openssl rand -hex 32',
  nikKeys:
    'isi dengan nama:kunci, kunci 32 bita dalam base64 (hasil perintah openssl rand -base64 32), misalnya k1:…; beberapa kunci dipisah koma, yang pertama dipakai menulis',
  nikIndexKey:
    'isi dengan kunci 32 bita dalam base64 (hasil perintah openssl rand -base64 32) yang berbeda dari kunci di NIK_KEYS',
  trustedProxies:
    'isi dengan alamat IP atau jaringan proksi, dipisah koma, misalnya 10.0.0.2,10.1.0.0/16',
};

function isPublicUrl(value: string, production: boolean): boolean {
  const url = URL.parse(value);
  if (!url || url.pathname !== '/' || url.search || url.hash || url.username) return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && (!production || isOwnMachine(url.hostname));
}

function isOwnMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1';
}

function isDatabaseUrl(value: string): boolean {
  const url = URL.parse(value);
  return (
    !!url && /^postgres(ql)?:$/.test(url.protocol) && !!url.hostname && url.pathname.length > 1
  );
}

function areNikKeys(value: string): boolean {
  const entries = value.split(',').map((entry) => /^\s*([a-z0-9]{1,16}):(\S+)\s*$/.exec(entry));
  const ids = entries.map((entry) => entry?.[1]);
  return entries.every((entry) => isKey(entry?.[2] ?? '')) && new Set(ids).size === ids.length;
}

function nikKeyOf(entry: string): NikKey {
  const [id = '', key = ''] = entry.trim().split(':');
  return { id, key: Buffer.from(key, 'base64') };
}

function isKey(value: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(value);
}

function isAddressOrNetwork(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

function sentenceOf(error: z.ZodError): string {
  const lines = new Map(error.issues.map(({ path: [name], message }) => [String(name), message]));
  return [
    'Portal belum dapat dijalankan. Perbaiki pengaturan berikut (lihat README, bagian Pengaturan):',
    ...[...lines].map(([name, message]) => `  ${name}: ${message}.`),
  ].join('\n');
}
