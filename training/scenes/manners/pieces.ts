import type { Random } from '../../../src/paint/random.js';
import { css, luma, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { between } from '../easel-canvas.js';
import { createNoise } from '../noise.js';
import { blurred, colourAt, fromCanvas, mapped, type Raster, toCanvas } from '../raster.js';
import { saturated } from './strokes.js';

interface Seed {
  readonly x: number;
  readonly y: number;
  readonly colour: Rgb;
}

/** One seed a cell of a grid, moved within it; what a cell's pixels are near to. */
function scatter(
  raster: Raster,
  random: Random,
  cells: number,
  loose: number,
): (x: number, y: number) => { readonly nearest: Seed; readonly gap: number } {
  const { width: side } = raster;
  const cell = side / cells;
  const source = blurred(raster, Math.max(1, Math.round(cell / 3)));
  const seeds = Array.from({ length: cells * cells }, (_, at): Seed => {
    const x = ((at % cells) + 0.5 + between(random, -loose, loose)) * cell;
    const y = (Math.floor(at / cells) + 0.5 + between(random, -loose, loose)) * cell;
    return { x, y, colour: colourAt(source, x, y) };
  });
  return (x, y) => {
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    let [first, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let nearest: Seed = { x, y, colour: [0, 0, 0] };
    for (let r = Math.max(0, row - 2); r <= Math.min(cells - 1, row + 2); r += 1) {
      for (let c = Math.max(0, column - 2); c <= Math.min(cells - 1, column + 2); c += 1) {
        const seed = seeds[r * cells + c];
        if (!seed) continue;
        const far = Math.hypot(x - seed.x, y - seed.y);
        if (far < first) [second, first, nearest] = [first, far, seed];
        else if (far < second) second = far;
      }
    }
    return { nearest, gap: second - first };
  };
}

/** Panes of glowing glass between lines of lead. */
export function paintGlass(raster: Raster, random: Random): Raster {
  const pane = scatter(raster, random, 10, 0.4);
  const noise = createNoise(random);
  return mapped(raster, (_, x, y) => {
    const { nearest, gap } = pane(x, y);
    const lit = 0.92 + 0.34 * (noise(x / 9, y / 9) - 0.5) + 0.12 * smoothstep(0, 12, gap);
    const glass = scaled(saturated(mix(nearest.colour, [1, 1, 1], 0.05), 1.9), lit);
    return mix([0.06, 0.06, 0.07], glass, smoothstep(2, 4, gap));
  });
}

/** Little tiles of stone with grout between them. */
export function paintMosaic(raster: Raster, random: Random): Raster {
  const cells = 20;
  const tile = scatter(raster, random, cells, 0.14);
  const noise = createNoise(random);
  return mapped(raster, (_, x, y) => {
    const { nearest, gap } = tile(x, y);
    const own = 0.82 + 0.36 * noise(nearest.x * 1.7, nearest.y * 2.3);
    const bevel = 1 + 0.05 * Math.sign(nearest.x - x + nearest.y - y) * smoothstep(3, 1.4, gap);
    return mix(
      [0.8, 0.76, 0.7],
      scaled(saturated(nearest.colour, 1.25), own * bevel),
      smoothstep(0.8, 2.2, gap),
    );
  });
}

/** Few large square pixels of few colours. */
export function paintPixels(raster: Raster, _random: Random): Raster {
  const { width: side } = raster;
  const cell = side / 32;
  const source = blurred(raster, Math.round(cell / 2));
  const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
  return mapped(raster, (_, x, y) => {
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    const colour = saturated(colourAt(source, (column + 0.5) * cell, (row + 0.5) * cell), 1.35);
    const dither = ((bayer[(row % 4) * 4 + (column % 4)] ?? 0) / 16 - 0.5) * 0.13;
    const level = (value: number) => Math.round(Math.min(1, Math.max(0, value + dither)) * 5) / 5;
    return [level(colour[0]), level(colour[1]), level(colour[2])];
  });
}

/** Flat triangles. */
export function paintLowPoly(raster: Raster, random: Random): Raster {
  const { width: side } = raster;
  const cells = 9;
  const canvas = toCanvas(raster);
  const ctx = canvas.getContext('2d');
  const source = blurred(raster, 2);
  const corners = Array.from({ length: (cells + 1) ** 2 }, (_, at): readonly [number, number] => {
    const [column, row] = [at % (cells + 1), Math.floor(at / (cells + 1))];
    const inside = (place: number) => (place === 0 || place === cells ? 0 : between(random, -0.42, 0.42));
    return [((column + inside(column)) * side) / cells, ((row + inside(row)) * side) / cells];
  });
  const triangle = (points: readonly (readonly [number, number] | undefined)[]) => {
    const known = points.filter((point) => point !== undefined);
    const mean = (axis: 0 | 1) => known.reduce((sum, point) => sum + point[axis], 0) / known.length;
    const style = css(
      saturated(scaled(colourAt(source, mean(0), mean(1)), between(random, 0.88, 1.12)), 1.2),
    );
    ctx.fillStyle = style;
    ctx.strokeStyle = style;
    ctx.lineWidth = 0.8;
    ctx.beginPath();
    for (const [x, y] of known) ctx.lineTo(x, y);
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  };
  for (let row = 0; row < cells; row += 1) {
    for (let column = 0; column < cells; column += 1) {
      const at = row * (cells + 1) + column;
      const [a, b, c, d] = [corners[at], corners[at + 1], corners[at + cells + 1], corners[at + cells + 2]];
      if ((row + column) % 2 === 0)
        for (const points of [
          [a, b, c],
          [b, d, c],
        ])
          triangle(points);
      else
        for (const points of [
          [a, b, d],
          [a, d, c],
        ])
          triangle(points);
    }
  }
  return fromCanvas(canvas);
}

/** The picture broken by straight cuts into planes, each seen from elsewhere and shaded by itself. */
export function paintFacets(raster: Raster, random: Random): Raster {
  const { width: side } = raster;
  const cuts = Array.from({ length: 7 }, () => {
    const angle = random.uniform() * Math.PI;
    return { u: Math.cos(angle), v: Math.sin(angle), offset: between(random, -0.45, 0.45) * side };
  });
  const soft = blurred(raster, 2);
  const noise = createNoise(random);
  return mapped(raster, (_, x, y) => {
    let [plane, nearest] = [0, Number.POSITIVE_INFINITY];
    let [edgeU, edgeV] = [0, 0];
    for (const [index, { u, v, offset }] of cuts.entries()) {
      const far = (x - side / 2) * u + (y - side / 2) * v - offset;
      if (far > 0) plane += 2 ** index;
      if (Math.abs(far) < Math.abs(nearest)) [nearest, edgeU, edgeV] = [far, u, v];
    }
    const chance = (salt: number) => noise(plane * 0.739 + salt * 13.1, plane * 0.317 - salt * 7.7) - 0.5;
    const [dx, dy, zoom] = [chance(1) * side * 0.2, chance(2) * side * 0.34, 1 + chance(3) * 0.8];
    const colour = colourAt(
      soft,
      side / 2 + (x - side / 2) * zoom + dx,
      side / 2 + (y - side / 2) * zoom + dy,
    );
    const earth = mix(colour, mix([0.62, 0.5, 0.36], [0.36, 0.42, 0.46], chance(4) + 0.5), 0.34);
    const shading =
      0.78 +
      0.4 * smoothstep(0, 26, Math.abs(nearest)) +
      0.8 * chance(5) +
      0.08 * Math.sign(nearest) * (edgeU - edgeV);
    return mix([0.14, 0.11, 0.1], scaled(earth, shading), smoothstep(0.4, 2, Math.abs(nearest)));
  });
}

/** Flats of colour cut out of paper, each casting a shadow on the one beneath. */
export function paintPaperCut(raster: Raster, random: Random): Raster {
  const { width, height } = raster;
  const noise = createNoise(random);
  const levels = 6;
  const soft = blurred(blurred(raster, 3), 2);
  const tones = Float32Array.from({ length: width * height }, (_, at) =>
    luma(colourAt(soft, at % width, Math.floor(at / width))),
  );
  const sorted = Float32Array.from(tones).sort();
  const bounds = Array.from(
    { length: levels - 1 },
    (_, at) => sorted[Math.floor(((at + 1) / levels) * sorted.length)] ?? 1,
  );
  const levelAt = (x: number, y: number) => {
    const tone =
      tones[
        Math.min(height - 1, Math.max(0, Math.round(y))) * width +
          Math.min(width - 1, Math.max(0, Math.round(x)))
      ] ?? 0;
    return bounds.filter((bound) => tone > bound).length;
  };
  const sums = Array.from({ length: levels }, () => ({ colour: [0, 0, 0] as Rgb, count: 0 }));
  for (let at = 0; at < width * height; at += 1) {
    const sum = sums[levelAt(at % width, Math.floor(at / width))];
    const colour = colourAt(soft, at % width, Math.floor(at / width));
    if (sum) {
      sum.colour = [sum.colour[0] + colour[0], sum.colour[1] + colour[1], sum.colour[2] + colour[2]];
      sum.count += 1;
    }
  }
  return mapped(raster, (colour, x, y) => {
    const own = levelAt(x, y);
    const sum = sums[own];
    const sheet = sum && sum.count > 0 ? scaled(sum.colour, 1 / sum.count) : colour;
    // Darker sheets lie on top: they throw a shadow down and to the right.
    let shadow = 0;
    for (let step = 1; step <= 4; step += 1)
      if (levelAt(x - step, y - step * 1.3) < own) shadow = Math.max(shadow, 0.42 * (1 - step / 5));
    const tint = saturated(mix(sheet, colourAt(soft, x, y), 0.35), 1.3);
    return scaled(tint, (1 - shadow) * (0.97 + 0.06 * noise(x * 0.9, y * 0.9)));
  });
}
