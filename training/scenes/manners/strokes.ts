import type { Random } from '../../../src/paint/random.js';
import { css, luma, mix, type Rgb, scaled } from '../colour.js';
import { between } from '../easel-canvas.js';
import { blurred, colourAt, fromCanvas, type Raster, toCanvas } from '../raster.js';
import { createFlow } from './flow.js';

export interface Brush {
  /** Width and length of a stroke, shares of the side. */
  readonly width: number;
  readonly length: number;
  /** Strokes over each place. */
  readonly cover: number;
  readonly opacity: number;
}

export interface Brushwork {
  readonly brushes: readonly Brush[];
  /** 0 follows the picture's edges, 1 curls of its own. */
  readonly curl: number;
  /** What a stroke's colour may stray by. */
  readonly stray: number;
  /** How much brighter and darker the bristles are. */
  readonly relief: number;
  readonly tone?: (colour: Rgb) => Rgb;
  /** What is seen between the strokes; the picture itself when absent. */
  readonly ground?: Rgb;
}

/** A colour further from or nearer to its grey. */
export function saturated(colour: Rgb, by: number): Rgb {
  const grey = luma(colour);
  return mix([grey, grey, grey], colour, by);
}

/** Paints a picture again in strokes along its flow, large ones first (Hertzmann 1998). */
export function paintStrokes(raster: Raster, random: Random, work: Brushwork): Raster {
  const { width: side } = raster;
  const { brushes, curl, stray, relief, tone = (colour) => colour, ground } = work;
  const flow = createFlow(raster, random, curl);
  const canvas = toCanvas(blurred(raster, 3));
  const ctx = canvas.getContext('2d');
  if (ground) {
    ctx.fillStyle = css(ground);
    ctx.fillRect(0, 0, side, side);
  }
  ctx.lineCap = 'round';
  ctx.lineJoin = 'round';
  for (const brush of brushes) {
    const source = blurred(raster, Math.max(1, Math.round((brush.width * side) / 3)));
    const count = Math.round(brush.cover / (brush.width * brush.length));
    for (let stroke = 0; stroke < count; stroke += 1) {
      let [x, y] = [random.uniform() * side, random.uniform() * side];
      const bend = () => between(random, -stray, stray);
      const [r, g, b] = tone(colourAt(source, x, y));
      const colour: Rgb = [r + bend(), g + bend(), b + bend()];
      const points: [number, number][] = [[x, y]];
      const step = (brush.length * side) / 5;
      let heading = flow(x, y) + (random.uniform() < 0.5 ? Math.PI : 0);
      for (let part = 0; part < 5; part += 1) {
        let next = flow(x, y);
        if (Math.cos(next - heading) < 0) next += Math.PI;
        heading = next;
        x += Math.cos(heading) * step;
        y += Math.sin(heading) * step;
        points.push([x, y]);
      }
      const wide = brush.width * side * between(random, 0.75, 1.2);
      const draw = (style: string, lineWidth: number, offset: number) => {
        ctx.strokeStyle = style;
        ctx.lineWidth = lineWidth;
        ctx.beginPath();
        for (const [px, py] of points)
          ctx.lineTo(px - Math.sin(heading) * offset, py + Math.cos(heading) * offset);
        ctx.stroke();
      };
      draw(css(colour, brush.opacity), wide, 0);
      if (relief > 0) {
        draw(css(scaled(colour, 1 - relief), brush.opacity * 0.7), wide * 0.2, wide * 0.36);
        draw(css(mix(colour, [1, 1, 1], relief * 0.8), brush.opacity * 0.7), wide * 0.2, -wide * 0.3);
      }
    }
  }
  return fromCanvas(canvas);
}
