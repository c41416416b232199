import { css, hex, mix, type Rgb, scaled, smoothstep } from '../colour.js';
import { between, type Easel, line, shade } from '../easel-canvas.js';
import { seen } from '../light.js';
import { fractal, ridged } from '../noise.js';

export interface Ridge {
  /** The valley it rises from and how high above it, shares of the side. */
  readonly foot: number;
  readonly height: number;
  /** 0 near, 1 at the horizon. */
  readonly distance: number;
  readonly rock: Rgb;
  /** Lies above this share of the height, where there is snow. */
  readonly snow?: number;
  /** Features across the picture. */
  readonly scale?: number;
  readonly rounded?: boolean;
}

/** A mountain range or a line of hills: lit from the left, in the haze of its distance, mist in the valley. */
export function paintRidge(easel: Easel, ridge: Ridge): void {
  const { noise, light, random } = easel;
  const { foot, height, distance, rock, snow, scale = 2.4, rounded = false } = ridge;
  const shift = random.uniform() * 100;
  const profile = (x: number) =>
    rounded
      ? fractal(noise, x * scale + shift, 3, 3)
      : 0.72 * ridged(noise, x * scale * 0.5 + shift, 3, 5) + 0.35 * noise(x * scale * 0.7 + shift, 8) - 0.1;
  const tops = Array.from({ length: 1024 }, (_, at) => foot - height * profile(at / 1023));
  const topAt = (x: number) => tops[Math.round(x * 1023)] ?? foot;
  const shadowed = seen(scaled(rock, 0.5), light, distance);
  const lit = seen(scaled(rock, 1.12), light, distance);
  const [snowLit, snowShade] = [
    seen([0.97, 0.98, 1], light, distance * 0.75),
    seen([0.6, 0.68, 0.84], light, distance * 0.8),
  ];
  shade(
    easel,
    (x, y) => {
      const top = topAt(x);
      if (y < top) return undefined;
      const down = (y - top) / Math.max(0.02, height);
      // Faces: slanted folds that run down from the crest, lit where they turn to the left.
      const fold = rounded
        ? fractal(noise, x * 9 + shift, y * 12, 3)
        : ridged(noise, x * scale * 2.2 + shift + down * 1.3, y * scale * 1.3, 4);
      const turned = rounded
        ? fractal(noise, x * 4 + shift, y * 4, 2)
        : fractal(noise, (x - y * 0.6) * scale * 2.4 + shift, y * 2, 3);
      const face = smoothstep(0.36, 0.64, 0.55 * turned + 0.45 * fold);
      let colour = mix(shadowed, lit, face);
      const level = (foot - y) / Math.max(0.02, height) + 0.22 * (fold - 0.5);
      if (snow !== undefined && level > snow) {
        colour = mix(colour, mix(snowShade, snowLit, face), smoothstep(snow, snow + 0.1, level));
      }
      const mist = smoothstep(0.35, 1.25, (y - top) / Math.max(0.05, foot - top + 0.02));
      return [
        mix(colour, light.haze, mist * 0.5 * Math.min(1, light.thickness) * (0.35 + 0.65 * distance)),
        1,
      ];
    },
    Math.max(0, Math.min(...tops)),
    Math.min(1, foot + 0.3),
  );
}

export interface Ground {
  readonly near: Rgb;
  readonly far: Rgb;
  /** How strongly its texture shows, and how wide one tuft of it is beside its height. */
  readonly contrast?: number;
  readonly stretch?: number;
}

/** Flat land in perspective: texture grows towards the viewer, colours fade into the distance. */
export function paintGround(
  easel: Easel,
  { near, far, contrast = 0.5, stretch = 3 }: Ground,
  from = easel.horizon,
): void {
  const { noise, light, random } = easel;
  const shift = random.uniform() * 100;
  shade(
    easel,
    (x, y) => {
      const depth = Math.max(0.012, (y - from) / (1 - from));
      const [u, v] = [(x - 0.5) / depth, 1 / depth];
      const texture = fractal(noise, (u * 7) / stretch + shift, v * 7, 4) - 0.5;
      const colour = mix(far, near, smoothstep(0, 0.9, depth));
      const lit = scaled(colour, 1 + contrast * texture * (0.5 + depth) * 1.5);
      return [seen(lit, light, (1 - depth) ** 3 * 0.85), 1];
    },
    from,
  );
}

/** A river or a road that winds from the viewer to the horizon; the colour at a place of it. */
export function paintWay(
  easel: Easel,
  {
    colour,
    width,
    winding,
  }: {
    readonly colour: (across: number, depth: number) => Rgb;
    readonly width: number;
    readonly winding: number;
  },
): void {
  const { horizon, light, random } = easel;
  const [phase, start, aim] = [random.uniform() * 6, between(random, 0.4, 0.6), between(random, 0.38, 0.62)];
  shade(
    easel,
    (x, y) => {
      const depth = (y - horizon) / (1 - horizon);
      if (depth <= 0) return undefined;
      const middle =
        aim + (start - aim) * depth + winding * Math.sin(phase + 2.4 / (depth + 0.28)) * (0.12 + depth);
      const across = (x - middle) / (width * (0.02 + depth ** 1.25));
      if (Math.abs(across) > 1) return undefined;
      return [
        seen(colour(across, depth), light, (1 - depth) ** 3 * 0.8),
        smoothstep(1, 0.9, Math.abs(across)),
      ];
    },
    horizon,
  );
}

/** Tufts of grass, wheat or flowers at the front. */
export function paintBlades(
  easel: Easel,
  {
    colours,
    from,
    count,
    height,
  }: {
    readonly colours: readonly Rgb[];
    readonly from: number;
    readonly count: number;
    readonly height: number;
  },
): void {
  const { random, light } = easel;
  for (let blade = 0; blade < count; blade += 1) {
    const depth = Math.sqrt(blade / count);
    const y = from + (1.04 - from) * depth;
    const x = random.uniform();
    const tall = height * (0.25 + 0.75 * depth) * between(random, 0.6, 1.2);
    const colour = colours[random.integer(colours.length)] ?? hex('#5a8a3a');
    const style = css(seen(scaled(colour, between(random, 0.7, 1.15)), light, (1 - depth) * 0.5));
    const lean = between(random, -0.3, 0.35) * tall;
    line(
      easel,
      [
        [x, y],
        [x + lean * 0.3, y - tall * 0.6],
        [x + lean, y - tall],
      ],
      { style, width: 0.003 + 0.004 * depth },
    );
  }
}
