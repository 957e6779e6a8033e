import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { config } from '#src/config.ts';
import { HttpError } from '#src/http/errors.ts';

/** Headers on every answer: nothing but our own files, no inline script or style, no framing. */
export const securityHeaders = (): RequestHandler[] => [
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: config().publicUrl.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: true }
      : false,
  }),
];

/** A request for another host than ours is not for us: links and the origin check rely on the name. */
export function requireOwnHost(): RequestHandler {
  const own = new URL(config().publicUrl).host;
  return (req, _res, next) => {
    const hosts = req.rawHeaders.filter(
      (name, index) => index % 2 === 0 && name.toLowerCase() === 'host',
    );
    if (hosts.length !== 1) throw new HttpError(400, 'one Host header');
    if (req.headers['transfer-encoding'] && req.headers['transfer-encoding'] !== 'chunked') {
      throw new HttpError(400, 'transfer encoding');
    }
    if (!sameHost(req.headers.host ?? '', own)) throw new HttpError(421, 'other host');
    next();
  };
}

/** localhost and 127.0.0.1 are one computer, so the demo answers to both. */
const sameHost = (given: string, own: string) => asLocal(given) === asLocal(own);
const asLocal = (host: string) =>
  host.toLowerCase().replace(/^(127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost');

/** A change comes from a page of ours: Sec-Fetch-Site when the browser sends it, else the Origin; neither is refused. */
export function requireOwnOrigin(): RequestHandler {
  const own = new URL(config().publicUrl);
  return (req, _res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS') return next();
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    const ours = site === undefined ? isOwnOrigin(origin, own) : site === 'same-origin';
    if (!ours) throw new HttpError(403, 'other origin');
    next();
  };
}

function isOwnOrigin(origin: string | undefined, own: URL): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  const given = new URL(origin);
  return given.protocol === own.protocol && sameHost(given.host, own.host);
}

/** A path of this portal to go to after signing in; anything else is the start page. Checked after normalisation. */
export function safeReturn(value: string | undefined, home = '/beranda'): string {
  if (
    value === undefined ||
    value.length > 2000 ||
    !/^\/(?![/\\])[\x21-\x7e]*$/.test(value) ||
    value.includes('\\')
  ) {
    return home;
  }
  const url = new URL(value, 'https://own.invalid');
  const result = url.pathname + url.search;
  return url.origin === 'https://own.invalid' && !result.startsWith('//') ? result : home;
}

/** Pages are for the person who asked and for this moment. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
