import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

/** The files of public/ under /aset/<name>.<hash>.<ext>: read, hashed and compressed once, cached by browsers for ever. */

type Asset = { url: string; type: string; plain: Buffer; gzip: Buffer; brotli: Buffer };

const folder = path.join(import.meta.dirname, '../../public');

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const assets = readAssets();
const assetsByUrl = new Map([...assets.values()].map((asset) => [asset.url, asset]));

/** The URL of a file in public/, such as `portal.css` or `fonts/plus-jakarta-sans.woff2`. */
export function assetUrl(name: string): string {
  const asset = assets.get(name);
  if (!asset) throw new Error(`No file public/${name}`);
  return asset.url;
}

export const serveAssets: RequestHandler = (req, res, next) => {
  const asset = assetsByUrl.get(req.path);
  if (!asset || (req.method !== 'GET' && req.method !== 'HEAD')) return next();
  res.set({
    'Content-Type': asset.type,
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  });
  const accepted = req.acceptsEncodings('br', 'gzip');
  if (accepted === 'br') return res.set('Content-Encoding', 'br').send(asset.brotli);
  if (accepted === 'gzip') return res.set('Content-Encoding', 'gzip').send(asset.gzip);
  res.send(asset.plain);
};

/** Style sheets last: their url(…) become the hashed addresses of the other files. */
function readAssets(): Map<string, Asset> {
  const names = globSync('**/*.{css,js,svg,png,woff2}', { cwd: folder });
  const read = new Map<string, Asset>();
  for (const name of names.toSorted(
    (a, b) => Number(a.endsWith('.css')) - Number(b.endsWith('.css')),
  )) {
    const source = readFileSync(path.join(folder, name));
    const plain = name.endsWith('.css') ? withHashedUrls(source, read) : source;
    const hash = createHash('sha256').update(plain).digest('hex').slice(0, 10);
    const { dir, name: base, ext } = path.parse(name);
    read.set(name, {
      url: `/aset/${dir ? `${dir}/` : ''}${base}.${hash}${ext}`,
      type: types[ext] ?? 'application/octet-stream',
      plain,
      gzip: gzipSync(plain, { level: 9 }),
      brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    });
  }
  return read;
}

function withHashedUrls(css: Buffer, known: Map<string, Asset>): Buffer {
  const text = css
    .toString('utf8')
    .replaceAll(/url\(["']?([^"')]+)["']?\)/g, (whole, name: string) => {
      const asset = known.get(name);
      return asset ? `url("${asset.url}")` : whole;
    });
  return Buffer.from(text);
}
