import yauzl from 'yauzl';
import { kindOf, pack, zipOf, type PackedEntry } from '#src/imports/packing.ts';
import { Unreadable } from '#src/imports/unreadable.ts';

/** What an honest workbook of 10,000 rows stays far below; bytes are counted while inflating, not as the zip claims. */
const limits = { entries: 500, bytes: 64 * 1024 * 1024 };

const kept =
  /^(\[Content_Types\]\.xml|xl\/(workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/i;

/** The XML parts of a workbook by their name in lower case. Refuses what is no workbook, and what would not fit. */
export async function unpack(file: Buffer): Promise<Map<string, string>> {
  if (file.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') throw new Unreadable('not-xlsx');
  const zip = await open(file);
  if (zip.entryCount > limits.entries) throw new Unreadable('too-big-unpacked');
  const parts = new Map<string, string>();
  let bytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      if (name.endsWith('vbaproject.bin')) throw new Unreadable('macros');
      bytes += entry.uncompressedSize;
      if (bytes > limits.bytes) throw new Unreadable('too-big-unpacked');
      if (kept.test(name)) parts.set(name, textOf(await inflate(zip, entry)));
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('damaged');
  }
  if (!parts.has('xl/workbook.xml')) throw new Unreadable('not-xlsx');
  if (/macroEnabled/i.test(parts.get('[content_types].xml') ?? '')) throw new Unreadable('macros');
  return parts;
}

/** The same zip with some parts edited, by their name in lower case; every other part keeps its packed bytes. */
export async function repack(file: Buffer, edits: Map<string, Edit>): Promise<Buffer> {
  const zip = await open(file);
  const entries: PackedEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const edit = edits.get(entry.fileName.toLowerCase());
    entries.push(
      edit
        ? pack(entry, edit(await inflate(zip, entry)))
        : { ...kindOf(entry), packed: await bytesOf(zip, entry, { decodeFileData: false }) },
    );
  }
  return zipOf(entries);
}
export type Edit = (bytes: Buffer) => Buffer;

async function open(file: Buffer) {
  try {
    return await yauzl.fromBufferPromise(file, { lazyEntries: true, validateEntrySizes: true });
  } catch {
    throw new Unreadable('damaged');
  }
}

const inflate = (zip: yauzl.ZipFile, entry: yauzl.Entry) => bytesOf(zip, entry, {});

async function bytesOf(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  options: yauzl.ZipFileOptions,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry, options)) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > limits.bytes) throw new Unreadable('too-big-unpacked');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Excel writes UTF-8; a document type is never in a workbook, and is how entities multiply. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = bytes.toString(isUtf16 ? 'utf16le' : 'utf8');
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new Unreadable('entities');
  return text;
}
