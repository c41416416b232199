import { css, mix, type Rgb, scaled } from '../colour.js';
import { between, disc, type Easel, fill, line } from '../easel-canvas.js';
import { seen } from '../light.js';

/** Where a plant stands (its foot), how tall it is, how far away: shares of the side, 0…1. */
export interface Plant {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly distance: number;
  readonly colour: Rgb;
}

/** A spruce: tiers of ragged branches, lit from the left, snow on them in winter. */
export function paintSpruce(easel: Easel, { x, y, height, distance, colour }: Plant): void {
  const { light, random } = easel;
  const tiers = 7;
  line(
    easel,
    [
      [x, y],
      [x, y - height * 0.2],
    ],
    { style: css(seen([0.25, 0.17, 0.12], light, distance)), width: height * 0.05 },
  );
  for (let tier = 0; tier < tiers; tier += 1) {
    const share = tier / tiers;
    const foot = y - height * (0.08 + 0.86 * share);
    const half = height * 0.26 * (1 - share) ** 0.85 * between(random, 0.85, 1.15) + height * 0.015;
    const tip = foot - height * 0.25;
    const dark = css(seen(scaled(colour, 0.62), light, distance));
    const bright = css(seen(scaled(colour, 1.15), light, distance));
    fill(
      easel,
      [
        [x - half, foot],
        [x - half * 0.5, foot - height * 0.03],
        [x, tip],
        [x + half * 0.5, foot - height * 0.03],
        [x + half, foot],
        [x, foot + height * 0.02],
      ],
      dark,
    );
    fill(
      easel,
      [
        [x - half, foot],
        [x - half * 0.45, foot - height * 0.02],
        [x, tip],
        [x - half * 0.1, foot - height * 0.01],
      ],
      bright,
    );
    if (light.falling === 'snow') {
      fill(
        easel,
        [
          [x - half, foot],
          [x - half * 0.3, foot - height * 0.05],
          [x, tip],
          [x + half * 0.25, foot - height * 0.07],
        ],
        css(seen([0.97, 0.98, 1], light, distance)),
      );
    }
  }
}

/** A tree with a round crown of many leaves. */
export function paintTree(easel: Easel, { x, y, height, distance, colour }: Plant): void {
  const { light, random } = easel;
  const bark = css(seen([0.3, 0.21, 0.15], light, distance));
  const lean = between(random, -0.06, 0.06) * height;
  line(
    easel,
    [
      [x, y],
      [x + lean * 0.5, y - height * 0.55],
    ],
    { style: bark, width: height * 0.065 },
  );
  for (const side of [-1, 1]) {
    line(
      easel,
      [
        [x + lean * 0.3, y - height * 0.35],
        [x + side * height * 0.2, y - height * 0.62],
      ],
      { style: bark, width: height * 0.03 },
    );
  }
  for (let leaf = 0; leaf < 90; leaf += 1) {
    const [angle, far] = [random.uniform() * 2 * Math.PI, Math.sqrt(random.uniform())];
    const [u, v] = [Math.cos(angle) * far, Math.sin(angle) * far];
    const lit = 0.62 + 0.28 * (-u * 0.5 - v) + between(random, -0.08, 0.18) + leaf / 400;
    disc(
      easel,
      [
        x + lean + u * height * 0.32,
        y - height * 0.7 + v * height * 0.28,
        height * between(random, 0.045, 0.085),
      ],
      css(seen(scaled(colour, lit * 1.25), light, distance)),
    );
  }
}

/** A palm with hanging fronds. */
export function paintPalm(easel: Easel, { x, y, height, distance, colour }: Plant): void {
  const { light, random } = easel;
  const lean = between(random, -0.25, 0.25) * height;
  const trunk = Array.from({ length: 9 }, (_, step): [number, number] => [
    x + lean * (step / 8) ** 2,
    y - (height * 0.8 * step) / 8,
  ]);
  line(easel, trunk, { style: css(seen([0.42, 0.3, 0.2], light, distance)), width: height * 0.05 });
  for (let frond = 0; frond < 9; frond += 1) {
    const angle = Math.PI * (0.05 + 0.11 * frond) + between(random, -0.06, 0.06);
    const reach = height * between(random, 0.3, 0.42);
    const [cx, cy] = [x + lean, y - height * 0.8];
    const points = Array.from({ length: 8 }, (_, step): [number, number] => {
      const t = step / 7;
      return [
        cx - Math.cos(angle) * reach * t,
        cy - Math.sin(angle) * reach * t * 0.75 + reach * 0.6 * t * t,
      ];
    });
    line(easel, points, {
      style: css(seen(scaled(colour, between(random, 0.6, 1.2)), light, distance)),
      width: height * 0.035,
    });
  }
}

/** A bare tree: branches that fork. */
export function paintBareTree(easel: Easel, { x, y, height, distance, colour }: Plant): void {
  const style = css(seen(colour, easel.light, distance));
  const grow = (fromX: number, fromY: number, angle: number, length: number, width: number): void => {
    const [toX, toY] = [fromX + Math.cos(angle) * length, fromY - Math.sin(angle) * length];
    line(
      easel,
      [
        [fromX, fromY],
        [toX, toY],
      ],
      { style, width },
    );
    if (length < height * 0.05) return;
    for (const turn of [-0.45, 0.4]) {
      grow(
        toX,
        toY,
        angle + turn + between(easel.random, -0.2, 0.2),
        length * between(easel.random, 0.66, 0.8),
        width * 0.68,
      );
    }
  };
  grow(x, y, Math.PI / 2 + between(easel.random, -0.08, 0.08), height * 0.3, height * 0.055);
}

/** Rows of trees from the distance to the front. */
export function paintWood(
  easel: Easel,
  {
    colour,
    paint,
    rows,
    front,
    height,
  }: {
    readonly colour: Rgb;
    readonly paint: (easel: Easel, plant: Plant) => void;
    readonly rows: number;
    /** The foot of the nearest row. */
    readonly front: number;
    readonly height: number;
  },
): void {
  const { random, horizon } = easel;
  for (let row = 0; row < rows; row += 1) {
    const near = (row + 1) / rows;
    const tall = height * (0.3 + 0.7 * near ** 1.4);
    for (let x = -0.03; x < 1.05; x += tall * between(random, 0.24, 0.5)) {
      const y = horizon + (front - horizon) * near ** 1.5 + between(random, -0.01, 0.012);
      const own = mix(colour, [0.4, 0.5, 0.2], random.uniform() * 0.25);
      paint(easel, {
        x,
        y,
        height: tall * between(random, 0.75, 1.2),
        distance: (1 - near) * 0.85,
        colour: own,
      });
    }
  }
}
