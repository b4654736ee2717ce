import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import express, { type Request, type Response, type Router } from 'express';
import { tagOf } from './etag.ts';
import { codingFor } from './packing.ts';
import { matches } from './respond.ts';

/** The built dashboard is small and fixed: it is read once, compressed once, and served from memory. */

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest']);

type Asset = {
  plain: Buffer;
  type: string;
  /** By encoding: each is a representation of its own. */
  packed: Map<string, { bytes: Buffer; etag: string }>;
  compressible: boolean;
};

function load(folder: string): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = join(entry.parentPath, entry.name);
    const plain = readFileSync(file);
    assets.set(`/${file.slice(folder.length + 1).replaceAll('\\', '/')}`, {
      plain,
      type,
      packed: new Map(),
      compressible: COMPRESSIBLE.has(extname(entry.name)) && plain.length > 1_024,
    });
  }
  return assets;
}

const PACKERS: Readonly<Record<string, (plain: Buffer) => Buffer>> = {
  br: (plain) => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (plain) => gzipSync(plain, { level: 6 }),
};

function encode({ packed, plain }: Asset, encoding: string): { bytes: Buffer; etag: string } {
  const known = packed.get(encoding);
  if (known) return known;
  const bytes = PACKERS[encoding]?.(plain) ?? plain;
  const made = { bytes, etag: tagOf(bytes) };
  packed.set(encoding, made);
  return made;
}

function send(asset: Asset, request: Request, response: Response, immutable: boolean): void {
  const encoding = (asset.compressible && codingFor(request, Object.keys(PACKERS))) || 'identity';
  const { bytes, etag } = encode(asset, encoding);
  response.set({
    'Content-Type': asset.type,
    'Cache-Control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: `W/"${etag}"`,
    Vary: 'Accept-Encoding',
  });
  if (matches(request.headers['if-none-match'], etag)) return void response.status(304).end();
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response.end(bytes);
}

/**
 * Serves the built dashboard. A path that names no file is a page of the application, dots and all
 * (`/units/farm-04/requirements/learning.research`); only in `assets/`, which Vite names by content, is it missing.
 */
export function dashboardRouter(folder: string): Router {
  const assets = load(folder);
  const router = express.Router();
  router.get('/{*path}', (request, response, next) => {
    const path = request.path === '/' ? '/index.html' : request.path;
    const asset = assets.get(path) ?? (path.startsWith('/assets/') ? undefined : assets.get('/index.html'));
    if (!asset) return next();
    send(asset, request, response, path.startsWith('/assets/'));
  });
  return router;
}
