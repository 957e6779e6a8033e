import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { dataDirectoryOf, readConfig, type Environment, type Settings } from '#src/config.ts';
import { codeOf, StartError } from '#src/start-error.ts';

/** The secrets of an installation, in the spelling of their environment variables. */
export type Keys = {
  sessionSecret: string;
  nikKeys: string;
  nikIndexKey: string;
  databaseAppPassword: string;
};

/** Checks the environment; outside production the keys kept in the data directory complete it. */
export async function readSettings(environment: Environment): Promise<Settings> {
  const complete =
    environment.NODE_ENV === 'production' || secrets.every((name) => environment[name]);
  const keys = complete ? undefined : await keepKeys(dataDirectoryOf(environment));
  return readConfig(environment, keys);
}

/** Reads the keys kept in the directory; the first start makes them. */
export async function keepKeys(directory: string): Promise<Keys> {
  const file = path.join(directory, 'keys.json');
  const kept = await readKeys(file);
  if (kept) return kept;
  try {
    await mkdir(directory, { recursive: true });
    await writeOnce(file, `${JSON.stringify(newKeys(), null, 2)}\n`);
  } catch (error) {
    throw new StartError(
      `Folder data ${directory} tidak dapat ditulis (${codeOf(error)}); beri izin menulis, atau pilih folder lain lewat PORTAL_DATA_DIR.`,
    );
  }
  return keepKeys(directory);
}

const secrets = ['DATABASE_APP_PASSWORD', 'SESSION_SECRET', 'NIK_KEYS', 'NIK_INDEX_KEY'];

const shape = z.strictObject({
  sessionSecret: z.string(),
  nikKeys: z.string(),
  nikIndexKey: z.string(),
  databaseAppPassword: z.string(),
});

async function readKeys(file: string): Promise<Keys | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new StartError(
      `Kunci di ${file} tidak dapat dibaca (${codeOf(error)}); jalankan portal sebagai pengguna yang sama seperti sebelumnya.`,
    );
  });
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new StartError(
      `Isi ${file} rusak; kembalikan dari cadangan, karena tanpa kunci itu NIK tidak dapat dibaca.`,
    );
  }
}

function newKeys(): Keys {
  return {
    sessionSecret: randomBytes(48).toString('base64url'),
    nikKeys: `k1:${randomBytes(32).toString('base64')}`,
    nikIndexKey: randomBytes(32).toString('base64'),
    databaseAppPassword: randomBytes(32).toString('base64url'),
  };
}

/** Of several processes that start at once one writes the file, whole or not at all; the others find it. */
async function writeOnce(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
