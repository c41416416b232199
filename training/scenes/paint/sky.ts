import { along, css, hex, mix, type Rgb, smoothstep } from '../colour.js';
import { between, disc, type Easel, glow, line, SIDE, shade } from '../easel-canvas.js';
import { fractal } from '../noise.js';

/** Where the sun or the moon stands, shares of the side. */
export interface SkyPlace {
  readonly x: number;
  readonly y: number;
}

/** Gradient, stars, sun or moon, clouds, and what else the light's sky shows, as far as `down`; whatever stands before it covers it. */
export function paintSky(easel: Easel, down = 1): SkyPlace {
  const { light, random, noise, horizon } = easel;
  const place = { x: between(random, 0.2, 0.8), y: horizon * (1 - (light.sun?.height ?? 0.4)) };
  const shift = random.uniform() * 50;
  const { cover, lit, shaded } = light.clouds;
  shade(
    easel,
    (x, y) => {
      const height = Math.min(1, y / horizon);
      let colour = along(light.sky, height);
      if (light.sun) {
        const near = Math.hypot(x - place.x, (y - place.y) * 1.25);
        const halo = Math.exp(-((near / light.sun.halo) ** 2) * 2.4);
        colour = mix(colour, light.sun.colour, halo * (light.isDark ? 0.28 : 0.6));
      }
      // Clouds are flat far away: the plane overhead seen at a slant.
      const depth = 0.22 + 1.15 * (1 - height) ** 0.9;
      const [u, v] = [(x - 0.5) / depth + shift, 1.9 / depth + shift];
      const mass = fractal(noise, u * 2.3, v * 2.3, 5);
      const dense = smoothstep(0.72 - 0.42 * cover, 0.86 - 0.3 * cover, mass);
      if (dense <= 0) return [colour, 1];
      const beneath = fractal(noise, u * 2.3 + 0.12, v * 2.3 - 0.22, 4);
      const side = smoothstep(-0.16, 0.16, mass - beneath);
      return [mix(colour, mix(shaded, lit, side), dense * 0.92), 1];
    },
    0,
    down,
  );
  for (let star = 0; star < light.stars; star += 1) {
    const [x, y] = [random.uniform(), random.uniform() * horizon * 0.95];
    disc(easel, [x, y, between(random, 0.0015, 0.0042)], css([1, 0.97, 0.9], between(random, 0.35, 1)));
  }
  if (light.sun) {
    const { radius, colour } = light.sun;
    glow(easel, [place.x, place.y, radius * 4], [css(colour, 0.35), css(colour, 0)]);
    disc(easel, [place.x, place.y, radius], css(colour));
    if (light.isDark) {
      const shadow = css(mix(colour, light.haze, 0.25));
      for (const [x, y, r] of [
        [-0.3, -0.2, 0.24],
        [0.25, 0.3, 0.3],
        [0.2, -0.42, 0.16],
      ] as const) {
        disc(easel, [place.x + x * radius, place.y + y * radius, r * radius], shadow);
      }
    }
  }
  if (light.words[0].includes('northern')) paintAurora(easel, shift);
  return place;
}

/** Green and violet curtains: columns that rise from a winding band. */
function paintAurora(easel: Easel, shift: number): void {
  const { noise, horizon } = easel;
  const [green, violet]: readonly [Rgb, Rgb] = [hex('#4dffa8'), hex('#a05bff')];
  shade(
    easel,
    (x, y) => {
      let [light, tint] = [0, 0];
      for (const band of [0, 1, 2]) {
        const foot =
          horizon *
          (0.5 + 0.17 * band + 0.34 * (fractal(noise, x * 1.7 + shift + 7 * band, band * 3, 3) - 0.5));
        const height = (foot - y) / (horizon * 0.55);
        if (height < -0.05 || height > 1) continue;
        const rays =
          0.35 + 0.65 * noise(x * 26 + 9 * band, band * 5) * noise(x * 7 + shift, 2 * band + 1) * 1.6;
        const strength = smoothstep(-0.05, 0.05, height) * (1 - height) ** 1.8 * rays;
        light += strength;
        tint += strength * smoothstep(0.15, 0.85, height);
      }
      return light > 0.01 ? [mix(green, violet, tint / light), Math.min(0.85, light)] : undefined;
    },
    0,
    horizon,
  );
}

/** Rain or snow in front of everything, and lightning in a thunderstorm. */
export function paintWeather(easel: Easel): void {
  const { light, random } = easel;
  if (light.words[0].includes('storm')) paintLightning(easel);
  if (light.falling === 'rain') {
    const slant = between(random, -0.03, 0.03);
    for (let drop = 0; drop < 190; drop += 1) {
      const [x, y, length] = [random.uniform(), random.uniform(), between(random, 0.02, 0.07)];
      const style = css([0.85, 0.9, 0.95], between(random, 0.12, 0.42));
      line(
        easel,
        [
          [x, y],
          [x + slant, y + length],
        ],
        { style, width: 0.003 },
      );
    }
  }
  if (light.falling === 'snow') {
    for (let flake = 0; flake < 150; flake += 1) {
      const near = random.uniform() ** 3;
      disc(
        easel,
        [random.uniform(), random.uniform(), 0.003 + 0.008 * near],
        css([1, 1, 1], 0.6 + 0.4 * near),
      );
    }
  }
}

function paintLightning(easel: Easel): void {
  const { random, horizon } = easel;
  let x = between(random, 0.15, 0.85);
  const points: [number, number][] = [[x, 0]];
  for (let y = 0.05; y < horizon; y += between(random, 0.03, 0.07)) {
    x += between(random, -0.06, 0.06);
    points.push([x, y]);
  }
  easel.ctx.shadowColor = css([0.8, 0.85, 1]);
  easel.ctx.shadowBlur = SIDE * 0.06;
  line(easel, points, { style: css([0.96, 0.97, 1]), width: 0.009 });
  easel.ctx.shadowBlur = 0;
}
