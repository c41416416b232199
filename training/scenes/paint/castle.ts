import { css, hex, scaled } from '../colour.js';
import { between, box, disc, type Easel, fill, glow, oneOf, shade } from '../easel-canvas.js';
import { seen } from '../light.js';
import { fractal } from '../noise.js';
import { LAMP } from './skyline.js';

/** A castle: towers with battlements or pointed roofs, a gate, flags. */
export function paintCastle(
  easel: Easel,
  [left, foot, size]: readonly [number, number, number],
  ruined = false,
): void {
  const { random, light, noise } = easel;
  const stone = hex('#a39a8c');
  const roof = oneOf(random, [hex('#7a3b4a'), hex('#3f5a86'), hex('#5a4a78')]);
  const shift = random.uniform() * 90;
  const wall = (x: number, width: number, tall: number, shape: 'flat' | 'pointed') => {
    const [from, to, top] = [left + x * size, left + (x + width) * size, foot - tall * size];
    const broken = (at: number) =>
      ruined ? 0.3 * size * tall * Math.max(0, fractal(noise, at * 14 + shift, 3, 3) * 1.7 - 0.55) : 0;
    shade(
      easel,
      (px, py) => {
        if (px < from || px > to || py > foot) return undefined;
        const tooth =
          shape === 'flat' && Math.floor((px - from) / (size * 0.028)) % 2 === 0 ? size * 0.03 : 0;
        if (py < top - (ruined ? 0 : tooth) + broken(px)) return undefined;
        const round = (px - from) / (to - from);
        const course = Math.floor(py / (size * 0.034));
        const brick = noise(Math.floor(px / (size * 0.05) + (course % 2) * 0.5) * 3.7, course * 5.3);
        return [seen(scaled(stone, (1.15 - 0.55 * round) * (0.84 + 0.28 * brick)), light, 0.2), 1];
      },
      top - size * 0.05,
      foot,
    );
    if (shape === 'pointed' && !ruined) {
      fill(
        easel,
        [
          [from - size * 0.02, top],
          [(from + to) / 2, top - size * 0.26],
          [to + size * 0.02, top],
        ],
        css(seen(roof, light, 0.2)),
      );
      fill(
        easel,
        [
          [(from + to) / 2, top],
          [(from + to) / 2, top - size * 0.26],
          [to + size * 0.02, top],
        ],
        css(seen(scaled(roof, 0.72), light, 0.2)),
      );
      const flag = css(seen(hex('#d8423a'), light, 0.1));
      fill(
        easel,
        [
          [(from + to) / 2, top - size * 0.32],
          [(from + to) / 2 + size * 0.09, top - size * 0.295],
          [(from + to) / 2, top - size * 0.27],
        ],
        flag,
      );
    }
    for (let wy = top + size * 0.1; wy < foot - size * 0.14; wy += size * 0.17) {
      if (ruined && broken((from + to) / 2) > wy - top) continue;
      const pane = light.isDark && !ruined ? LAMP : seen(scaled(stone, 0.3), light, 0.1);
      box(easel, [(from + to) / 2 - size * 0.014, wy, size * 0.028, size * 0.06], css(pane));
      if (light.isDark && !ruined)
        glow(easel, [(from + to) / 2, wy + size * 0.03, size * 0.12], [css(LAMP, 0.45), css(LAMP, 0)]);
    }
  };
  wall(0.42, 0.2, 0.78, 'pointed');
  wall(0.1, 0.8, 0.34, 'flat');
  wall(0.26, 0.13, 0.56, 'pointed');
  wall(0.68, 0.13, 0.62, 'pointed');
  wall(0, 0.16, 0.46, 'pointed');
  wall(0.84, 0.16, 0.5, 'pointed');
  const gate = css(seen([0.2, 0.15, 0.13], light, 0.1));
  box(easel, [left + 0.45 * size, foot - 0.15 * size, 0.14 * size, 0.15 * size], gate);
  disc(easel, [left + 0.52 * size, foot - 0.15 * size, 0.07 * size], gate);
}

/** Broken columns with a piece of their beam. */
export function paintColumns(easel: Easel): void {
  const { random, light, horizon } = easel;
  const marble = hex('#e4dac6');
  for (let column = 0; column < 6; column += 1) {
    const x = 0.1 + 0.15 * column + between(random, -0.015, 0.015);
    const [foot, wide] = [horizon + 0.17 + 0.02 * (column % 2), 0.052];
    const top = column % 3 === 1 ? foot - between(random, 0.12, 0.26) : foot - 0.42;
    for (let flute = 0; flute < 5; flute += 1) {
      const bright = [1.02, 1.1, 0.95, 0.82, 0.66][flute] ?? 1;
      box(
        easel,
        [x + (flute * wide) / 5, top, wide / 5 + 0.001, foot - top],
        css(seen(scaled(marble, bright), light, 0.12)),
      );
    }
    box(easel, [x - 0.012, foot - 0.018, wide + 0.024, 0.024], css(seen(scaled(marble, 0.85), light, 0.1)));
    if (column % 3 !== 1) {
      box(easel, [x - 0.014, top - 0.018, wide + 0.028, 0.024], css(seen(marble, light, 0.1)));
      if (column % 3 === 2)
        box(easel, [x - 0.014, top - 0.06, 0.25, 0.044], css(seen(scaled(marble, 0.9), light, 0.12)));
    } else {
      box(
        easel,
        [x + between(random, -0.08, 0.06), foot - 0.012, 0.08, 0.034],
        css(seen(scaled(marble, 0.8), light, 0.1)),
      );
    }
  }
}
