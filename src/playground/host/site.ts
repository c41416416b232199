import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page's secret is put where its HTML says so. */
const SECRET_PLACE = '{{secret}}';

interface Asset {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The built page, in memory: files by their names. */
export interface Site {
  html(secret: string): string;
  asset(name: string): Asset | undefined;
}

/** @throws when the page was not built. */
export function readSite(folder: string): Site {
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[extname(name)];
    if (type !== undefined)
      assets.set(name, { type, bytes: new Uint8Array(readFileSync(join(folder, name))) });
  }
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  return {
    html: (secret) => page.replace(SECRET_PLACE, secret),
    asset: (name) => assets.get(name),
  };
}
