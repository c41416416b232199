/**
 * Renders every usable icon of the pinned packages to a 128 × 128 WebP with alpha and packs them into one file.
 *
 *   node render.mjs SOURCES.json NODE_MODULES OUT
 *
 * writes OUT/sprites.bin (the WebP files end to end) and OUT/sprites.json, one row a sprite:
 * {set, name, mono, offset, length}. Skin-tone variants, keycaps, flags and lone letters are left out: they are
 * thousands of near copies that teach nothing about what a prompt names.
 */
import { createRequire } from 'node:module';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [sourcesPath, modules, out] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(modules, 'index.js'));
const sharp = require('sharp');
sharp.concurrency(1);

const SIDE = 128;
const SKIN = /skin-tone|-(?:light|medium|dark|medium-light|medium-dark)$/;
const LEFT_OUT = /^(?:flag-|keycap|regional|[a-z0-9]$|digit-|light$|medium|dark$|u[0-9a-f]{4,5}$|index$)/;

/** True for a name that is a variant or a glyph rather than a thing. */
const isLeftOut = (name) => LEFT_OUT.test(name) || SKIN.test(name);

/** The icon as a standalone SVG document, its `currentColor` black (mono sets are tinted later, through alpha). */
function toSvg(icons, icon) {
  const width = icon.width ?? icons.width ?? 16;
  const height = icon.height ?? icons.height ?? 16;
  const box = `${icon.left ?? 0} ${icon.top ?? 0} ${width} ${height}`;
  const body = icon.body.replaceAll('currentColor', '#000');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${SIDE}" height="${SIDE}" viewBox="${box}">${body}</svg>`
  );
}

const { sets } = JSON.parse(readFileSync(sourcesPath, 'utf8'));
const blob = createWriteStream(join(out, 'sprites.bin'));
const rows = [];
let offset = 0;
let failed = 0;
for (const { set, mono } of sets) {
  const icons = require(`@iconify-json/${set}/icons.json`);
  const names = Object.keys(icons.icons).filter((name) => !isLeftOut(name)).sort();
  for (let start = 0; start < names.length; start += 16) {
    const batch = await Promise.all(
      names.slice(start, start + 16).map(async (name) => {
        try {
          const svg = Buffer.from(toSvg(icons, icons.icons[name]));
          const transparent = { r: 0, g: 0, b: 0, alpha: 0 };
          const picture = sharp(svg).resize(SIDE, SIDE, { fit: 'contain', background: transparent });
          return { name, bytes: await picture.webp({ quality: 60, alphaQuality: 60, effort: 4 }).toBuffer() };
        } catch {
          failed += 1; // a few icons use SVG features the rasteriser refuses
          return undefined;
        }
      }),
    );
    for (const sprite of batch) {
      if (sprite === undefined) continue;
      blob.write(sprite.bytes);
      rows.push({ set, name: sprite.name, mono, offset, length: sprite.bytes.length });
      offset += sprite.bytes.length;
    }
  }
  process.stderr.write(`${set}: ${names.length}\n`);
}
await new Promise((done) => blob.end(done));
writeFileSync(join(out, 'sprites.json'), JSON.stringify(rows));
process.stderr.write(`${rows.length} sprites, ${(offset / 2 ** 20).toFixed(1)} MiB, ${failed} refused\n`);
