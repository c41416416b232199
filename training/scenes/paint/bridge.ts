import { css, hex, scaled } from '../colour.js';
import { box, type Easel, line, oneOf, shade } from '../easel-canvas.js';
import { seen } from '../light.js';

/** A stone bridge of three arches over the water, or a hanging one with towers. */
export function paintBridge(easel: Easel, hanging: boolean): void {
  const { light, horizon, random } = easel;
  const deck = horizon + 0.02;
  if (hanging) {
    const steel = oneOf(random, [hex('#b5402f'), hex('#6f7d8c')]);
    const style = css(seen(steel, light, 0.15));
    for (const x of [0.26, 0.74]) {
      box(easel, [x - 0.016, deck - 0.36, 0.012, 0.44], style);
      box(easel, [x + 0.012, deck - 0.36, 0.012, 0.44], style);
      for (const up of [0.3, 0.18]) box(easel, [x - 0.016, deck - up, 0.04, 0.012], style);
    }
    const sag = (x: number) =>
      deck -
      0.03 -
      0.32 * Math.min(1, ((x - 0.5) / 0.24) ** 2 * (Math.abs(x - 0.5) < 0.24 ? 1 : 0)) -
      (Math.abs(x - 0.5) >= 0.24 ? 0.32 * Math.max(0, 1 - (Math.abs(x - 0.5) - 0.24) / 0.26) : 0);
    const points = Array.from({ length: 61 }, (_, at): [number, number] => [at / 60, sag(at / 60)]);
    line(easel, points, { style, width: 0.007 });
    for (const [x, y] of points)
      line(
        easel,
        [
          [x, y],
          [x, deck],
        ],
        { style, width: 0.002 },
      );
    box(easel, [0, deck - 0.008, 1, 0.024], style);
    return;
  }
  const stone = hex('#a89a86');
  shade(
    easel,
    (x, y) => {
      const top = deck - 0.09 * Math.sin(Math.PI * x) - 0.02;
      if (y < top || y > deck + 0.15) return undefined;
      const bay = (x * 3) % 1;
      const arch = Math.hypot((bay - 0.5) / 0.36, (y - deck - 0.15) / 0.19);
      if (arch < 1) return undefined;
      const course = Math.floor(y * 46);
      const brick = easel.noise(Math.floor(x * 26 + (course % 2) * 0.5) * 3.1, course * 2.7);
      return [seen(scaled(stone, (arch < 1.12 ? 0.72 : 0.95) * (0.8 + 0.4 * brick)), light, 0.12), 1];
    },
    deck - 0.15,
    deck + 0.15,
  );
}
