import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { config } from '#src/config.ts';

/**
 * The NIK at rest: AES-256-GCM for reading back and a keyed blind index for "is it the same person". A plain hash
 * would be no protection: all NIK of a kecamatan can be tried in seconds. Layout: version 1, length of the key's
 * name, name, iv 12, tag 16, ciphertext. The row it belongs to is authenticated, so a sealed NIK cannot be moved.
 */
const formatVersion = 1;
const ivLength = 12;
const tagLength = 16;

export const sealNik = (nik: string, personId: number) => seal(nik, `person:${personId}:nik`);
export const openNik = (sealed: Uint8Array, personId: number) =>
  open(sealed, `person:${personId}:nik`);

/** While a person is only proposed, their NIK belongs to the line of the proposal. */
export const sealLineNik = (nik: string, lineId: number) => seal(nik, `line:${lineId}:nik`);
export const openLineNik = (sealed: Uint8Array, lineId: number) =>
  open(sealed, `line:${lineId}:nik`);

/** A row of an imported file keeps its NIK apart, and all its cells, because a NIK may stand in any of them. */
export const sealImportNik = (nik: string, rowId: number) => seal(nik, `import-row:${rowId}:nik`);
export const openImportNik = (sealed: Uint8Array, rowId: number) =>
  open(sealed, `import-row:${rowId}:nik`);
export const sealImportCells = (cells: readonly string[], rowId: number) =>
  seal(JSON.stringify(cells), `import-row:${rowId}:cells`);
export const openImportCells = (sealed: Uint8Array, rowId: number): string[] =>
  JSON.parse(open(sealed, `import-row:${rowId}:cells`));

/** The uploaded workbook as it came. */
export const sealImportFile = (file: Uint8Array, batchId: number) =>
  seal(file, `import-batch:${batchId}:file`);
export const openImportFile = (sealed: Uint8Array, batchId: number): Buffer =>
  openBytes(sealed, `import-batch:${batchId}:file`);

/** 32 bytes that are equal exactly when two NIK are. */
export function indexNik(nik: string): Uint8Array<ArrayBuffer> {
  return bytes(createHmac('sha256', config().nikIndexKey).update(`nik:v1\0${nik}`).digest());
}

/** 3574********0001 */
export const maskNik = (nik: string) => `${nik.slice(0, 4)}********${nik.slice(12)}`;

function seal(content: string | Uint8Array, row: string): Uint8Array<ArrayBuffer> {
  const [key] = config().nikKeys;
  if (!key) throw new Error('No NIK key');
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key.key, iv, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(row));
  const plain = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const name = Buffer.from(key.id, 'ascii');
  return bytes(
    Buffer.concat([Buffer.from([formatVersion, name.length]), name, iv, cipher.getAuthTag(), body]),
  );
}

const open = (sealed: Uint8Array, row: string): string => openBytes(sealed, row).toString('utf8');

function openBytes(sealed: Uint8Array, row: string): Buffer {
  const source = Buffer.from(sealed);
  const nameLength = source[1] ?? 0;
  const name = source.subarray(2, 2 + nameLength).toString('ascii');
  const key = config().nikKeys.find(({ id }) => id === name);
  if (source[0] !== formatVersion || !key) throw new Error(`NIK sealed with unknown key ${name}`);
  const body = source.subarray(2 + nameLength);
  const decipher = createDecipheriv('aes-256-gcm', key.key, body.subarray(0, ivLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(Buffer.from(row));
  decipher.setAuthTag(body.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(body.subarray(ivLength + tagLength)), decipher.final()]);
}

/** Prisma takes a Uint8Array over its own memory, not a slice of Node's shared pool. */
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
