import { crc32, deflateRawSync } from 'node:zlib';
import type yauzl from 'yauzl';

/** A part of a zip as it is written: its packed bytes and what the directory says of it. */
export type PackedEntry = Kind & { packed: Buffer };
type Kind = Pick<
  yauzl.Entry,
  | 'fileNameRaw'
  | 'generalPurposeBitFlag'
  | 'compressionMethod'
  | 'lastModFileTime'
  | 'lastModFileDate'
  | 'crc32'
  | 'uncompressedSize'
  | 'versionMadeBy'
  | 'internalFileAttributes'
  | 'externalFileAttributes'
>;

/** Sizes stand before the bytes here, so the mark for "sizes follow" goes. */
const sizesFollow = 0x0008;

export const kindOf = (entry: yauzl.Entry): Kind => ({
  fileNameRaw: entry.fileNameRaw,
  generalPurposeBitFlag: entry.generalPurposeBitFlag & ~sizesFollow,
  compressionMethod: entry.compressionMethod,
  lastModFileTime: entry.lastModFileTime,
  lastModFileDate: entry.lastModFileDate,
  crc32: entry.crc32,
  uncompressedSize: entry.uncompressedSize,
  versionMadeBy: entry.versionMadeBy,
  internalFileAttributes: entry.internalFileAttributes,
  externalFileAttributes: entry.externalFileAttributes,
});

export const pack = (entry: yauzl.Entry, bytes: Buffer): PackedEntry => ({
  ...kindOf(entry),
  compressionMethod: deflated,
  crc32: crc32(bytes),
  uncompressedSize: bytes.length,
  packed: deflateRawSync(bytes),
});
const deflated = 8;

/** A zip without the 64-bit extension: a workbook of 5 MB is far from needing it. */
export function zipOf(entries: readonly PackedEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const common = commonOf(entry);
    const head = Buffer.concat([number(0x04034b50, 4), common, entry.fileNameRaw]);
    parts.push(head, entry.packed);
    directory.push(
      number(0x02014b50, 4),
      number(entry.versionMadeBy, 2),
      common,
      number(0, 4),
      number(entry.internalFileAttributes, 2),
      number(entry.externalFileAttributes, 4),
      number(at, 4),
      entry.fileNameRaw,
    );
    at += head.length + entry.packed.length;
  }
  const index = Buffer.concat(directory);
  const counts = [number(entries.length, 2), number(entries.length, 2)];
  const end = [number(0x06054b50, 4), number(0, 4), ...counts, number(index.length, 4)];
  return Buffer.concat([...parts, index, ...end, number(at, 4), number(0, 2)]);
}

/** What a part's own head and the directory say alike, without comments and extra fields. */
const commonOf = (entry: PackedEntry) =>
  Buffer.concat([
    number(20, 2),
    number(entry.generalPurposeBitFlag, 2),
    number(entry.compressionMethod, 2),
    number(entry.lastModFileTime, 2),
    number(entry.lastModFileDate, 2),
    number(entry.crc32, 4),
    number(entry.packed.length, 4),
    number(entry.uncompressedSize, 4),
    number(entry.fileNameRaw.length, 2),
    number(0, 2),
  ]);

function number(value: number, length: 2 | 4): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value >>> 0, 0, length);
  return bytes;
}
