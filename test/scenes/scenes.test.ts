import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomFromSeed } from '../../src/paint/random.js';
import { describe as say } from '../../training/scenes/caption.js';
import { luma } from '../../training/scenes/colour.js';
import { LIGHTS, type LightName } from '../../training/scenes/light.js';
import { MANNER_NAMES, MANNERS, type MannerName } from '../../training/scenes/manners/manners.js';
import { paintScene } from '../../training/scenes/paint-scene.js';
import { blurred, colourAt, type Raster } from '../../training/scenes/raster.js';
import { SUBJECT_NAMES, SUBJECTS, type SubjectName } from '../../training/scenes/subjects.js';

/** The mean colour of a band of rows, shares of the height. */
function meanOf(
  raster: Raster,
  [top, bottom]: readonly [number, number] = [0, 1],
): readonly [number, number, number] {
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = Math.floor(top * raster.height); y < bottom * raster.height; y += 3) {
    for (let x = 0; x < raster.width; x += 3) {
      colourAt(raster, x, y).forEach((value, channel) => {
        sum[channel] = (sum[channel] ?? 0) + value;
      });
      count += 1;
    }
  }
  return [(sum[0] ?? 0) / count, (sum[1] ?? 0) / count, (sum[2] ?? 0) / count];
}

const brightness = (raster: Raster, band?: readonly [number, number]) => luma(meanOf(raster, band));

/** How many different colours of four bits a channel there are. */
function coloursIn(raster: Raster): number {
  const seen = new Set<number>();
  for (let at = 0; at < raster.data.length; at += 3) {
    const bits = (offset: number) => Math.round((raster.data[at + offset] ?? 0) * 15);
    seen.add(bits(0) * 256 + bits(1) * 16 + bits(2));
  }
  return seen.size;
}

/** The mean difference between neighbours to the right. */
function roughness({ width, height, data }: Raster): number {
  let sum = 0;
  for (let at = 0; at < width * height - 1; at += 1)
    sum += Math.abs((data[at * 3 + 1] ?? 0) - (data[at * 3 + 4] ?? 0));
  return sum / (width * height);
}

const scene = (subject: SubjectName, light: LightName = 'noon', seed = 5) =>
  paintScene({ subject, light, seed });

describe('scenes', () => {
  it('is the same picture for the same seed and another for another', () => {
    expect(scene('lake', 'dawn').raster.data).toEqual(scene('lake', 'dawn').raster.data);
    expect(scene('lake', 'dawn', 6).raster.data).not.toEqual(scene('lake', 'dawn').raster.data);
  });

  it.each(SUBJECT_NAMES)('fills the canvas with %s', (subject) => {
    const [light = 'noon'] = SUBJECTS[subject].lights;
    const { raster } = scene(subject, light);
    expect([...raster.data].every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(coloursIn(raster)).toBeGreaterThan(subject === 'backdrop' ? 8 : 40);
    // No large hole: nowhere a square of the one colour that nothing was painted on would have.
    const soft = blurred(raster, 8);
    for (let y = 12; y < raster.height; y += 12) {
      for (let x = 12; x < raster.width; x += 12)
        expect(Math.max(...colourAt(soft, x, y)), `${x}, ${y}`).toBeGreaterThan(0.004);
    }
  });

  it.each(['sea', 'desert', 'hills', 'mountains'] as const)(
    'is dark at night and bright at noon: %s',
    (subject) => {
      expect(brightness(scene(subject, 'night').raster)).toBeLessThan(0.3);
      expect(brightness(scene(subject, 'noon').raster)).toBeGreaterThan(0.4);
    },
  );

  it.each(['sea', 'clouds', 'meadow'] as const)(
    'is redder than blue in the sky at sunset and bluer at noon: %s',
    (subject) => {
      const [red, , blue] = meanOf(scene(subject, 'sunset').raster, [0.1, 0.42]);
      expect(red).toBeGreaterThan(blue + 0.05);
      const [noonRed, , noonBlue] = meanOf(scene(subject, 'noon').raster, [0.1, 0.42]);
      expect(noonBlue).toBeGreaterThan(noonRed + 0.05);
    },
  );

  it('is pale and without contrast in the fog', () => {
    const { raster } = scene('mountains', 'fog');
    const tones = Array.from({ length: 400 }, (_, at) =>
      luma(colourAt(raster, (at % 20) * 9, Math.floor(at / 20) * 6)),
    );
    expect(Math.min(...tones.slice(0, 200))).toBeGreaterThan(0.55);
  });

  it('is white on the ground in the snow and green without', () => {
    const [red, green, blue] = meanOf(scene('cottage', 'snow').raster, [0.86, 1]);
    expect(Math.min(red, green, blue)).toBeGreaterThan(0.6);
    const [, plainGreen, plainBlue] = meanOf(scene('cottage', 'noon').raster, [0.86, 1]);
    expect(plainGreen).toBeGreaterThan(plainBlue + 0.1);
  });

  it('is green above under the northern lights', () => {
    const [red, green, blue] = meanOf(scene('lake', 'aurora').raster, [0.1, 0.5]);
    expect(green).toBeGreaterThan(red);
    expect(green).toBeGreaterThan(blue * 0.9);
  });

  it.each([1, 2, 3])('says where the sky ends: blue turns to gold near there (seed %d)', (seed) => {
    const { raster, horizon } = scene('wheat', 'noon', seed);
    const rows = Array.from({ length: 48 }, (_, row) => meanOf(raster, [row / 48, (row + 1) / 48]));
    const gold = rows.findIndex(([red, , blue]) => red > blue);
    expect(Math.abs(gold / 48 - horizon)).toBeLessThan(0.08);
  });

  it('shows the lake what stands above it', () => {
    const { raster, horizon } = scene('lake', 'sunset');
    const above = meanOf(raster, [horizon - 0.3, horizon - 0.04]);
    const below = meanOf(raster, [horizon + 0.04, horizon + 0.3]);
    for (const channel of [0, 1, 2] as const)
      expect(Math.abs(above[channel] - below[channel])).toBeLessThan(0.16);
  });

  it('leaves loneliness a wide muted field with one dark figure in it', () => {
    const { raster, horizon } = scene('loneliness');
    const row = Math.round((horizon + 0.05) * raster.height);
    const dark = Array.from({ length: raster.width }, (_, x) => luma(colourAt(raster, x, row)) < 0.3);
    const runs = dark.filter((isDark, x) => isDark && !dark[x - 1]).length;
    expect(runs).toBe(1);
    expect(dark.filter(Boolean).length).toBeLessThan(raster.width / 10);
    const [red, , blue] = meanOf(raster);
    expect(Math.abs(red - blue)).toBeLessThan(0.08);
  });

  it('paints two lovers', () => {
    const { raster } = scene('love');
    const row = Math.round(0.66 * raster.height);
    const dark = Array.from({ length: raster.width }, (_, x) => luma(colourAt(raster, x, row)) < 0.25);
    expect(dark.filter((isDark, x) => isDark && !dark[x - 1]).length).toBe(2);
  });
});

describe('manners', () => {
  const { raster } = scene('castle', 'noon');
  const inManner = (manner: MannerName, seed = 3) => MANNERS[manner].paint(raster, randomFromSeed(seed));

  it.each(MANNER_NAMES)('changes the picture but not what it shows: %s', (manner) => {
    const painted = inManner(manner);
    expect(painted.width).toBe(raster.width);
    expect(painted.data.every((value) => value >= -0.2 && value <= 1.6)).toBe(true);
    let difference = 0;
    painted.data.forEach((value, at) => {
      difference += Math.abs(value - (raster.data[at] ?? 0));
    });
    expect(difference / raster.data.length).toBeGreaterThan(0.02);
    // The sky stays brighter than the castle's gate, whatever the manner.
    const from = Math.round(raster.width * 0.44);
    expect(luma(colourAt(blurred(painted, 6), from, raster.height * 0.1))).toBeGreaterThan(
      luma(meanOf(painted, [0.55, 0.72])) - (manner === 'pencil' || manner === 'ink' ? 0.2 : 0.12),
    );
    expect(inManner(manner).data).toEqual(painted.data);
  });

  it('has few colours as pixel art and as a woodblock print', () => {
    expect(coloursIn(inManner('pixels'))).toBeLessThan(140);
    expect(coloursIn(inManner('woodblock'))).toBeLessThan(coloursIn(raster));
  });

  it('is grey in pencil', () => {
    const { data } = inManner('pencil');
    for (let at = 0; at < data.length; at += 333 * 3)
      expect(Math.abs((data[at] ?? 0) - (data[at + 1] ?? 0))).toBeLessThan(0.02);
  });

  it('is rougher in dots and mosaic than as it was painted, and smoother in facets of low poly', () => {
    expect(roughness(inManner('dots'))).toBeGreaterThan(1.5 * roughness(raster));
    expect(roughness(inManner('mosaic'))).toBeGreaterThan(1.5 * roughness(raster));
    expect(roughness(inManner('lowPoly'))).toBeLessThan(roughness(raster));
  });

  it('is violet in synthwave', () => {
    const [red, green, blue] = meanOf(inManner('synthwave'));
    expect(Math.min(red, blue)).toBeGreaterThan(green);
  });
});

describe('captions', () => {
  it('name the subject, the light and the manner, each by one of its words', () => {
    const random = randomFromSeed(4);
    for (let round = 0; round < 300; round += 1) {
      const subject = SUBJECT_NAMES[random.integer(SUBJECT_NAMES.length)] ?? 'sea';
      const lights: readonly LightName[] = SUBJECTS[subject].lights;
      const light = lights[random.integer(Math.max(1, lights.length))];
      const manner = MANNER_NAMES[random.integer(MANNER_NAMES.length)];
      const caption = say({ subject, light, manner }, random);
      const names = (words: readonly string[]) =>
        words.some((word) => caption.includes(word.replace(/^(an? |in the style of )/, '')));
      expect(names(SUBJECTS[subject].words), caption).toBe(true);
      if (light) expect(names(LIGHTS[light].words), caption).toBe(true);
      if (manner) expect(names(MANNERS[manner].words), caption).toBe(true);
    }
  });

  it('give every word to one thing only', () => {
    const all = [SUBJECTS, LIGHTS, MANNERS].flatMap((table) =>
      Object.values(table).flatMap(({ words }) => [...words]),
    );
    expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
  });
});

describe('the command that paints a folder', () => {
  it('writes pictures with captions, and goes on where it stopped', async () => {
    const { execFileSync } = await import('node:child_process');
    const folder = mkdtempSync(join(tmpdir(), 'scenes-'));
    const paint = (count: number) =>
      execFileSync(process.execPath, [
        '--import',
        'tsx',
        'training/scenes/render.ts',
        '--out',
        folder,
        '--count',
        String(count),
        '--side',
        '32',
      ]);
    paint(1);
    const [first] = readFileSync(join(folder, 'captions.jsonl'), 'utf8').split('\n');
    paint(3);
    const lines = readFileSync(join(folder, 'captions.jsonl'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(first);
    const rows = lines.map((line) => JSON.parse(line) as { file: string; caption: string; manner?: string });
    expect(new Set(rows.map(({ file }) => file)).size).toBe(3);
    expect(rows.filter(({ manner }) => manner === undefined)).toHaveLength(1);
    const { default: sharp } = await import('sharp');
    expect(await sharp(join(folder, rows[2]?.file ?? '')).metadata()).toMatchObject({
      width: 32,
      height: 32,
      format: 'webp',
    });
  });
});
