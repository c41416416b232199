import { describe, expect, it } from 'vitest';
import { GraphBuilder } from 'onnx-gradients/graph';
import { float32 } from 'onnx-gradients/graph';
import { emitPulls } from '../../../src/paint/graphs/pulls.js';
import { runGraph } from '../../../packages/onnx-gradients/test/support/run-graph.js';

const shape = [1, 3, 2, 2];
// Red, near red, blue, grey, channel by channel.
const PICTURE = float32(shape, [1, 0.8, 0, 0.5, 0, 0.1, 0, 0.5, 0, 0, 1, 0.5]);

async function pull(strengths: Readonly<Record<string, number>>, colours?: readonly number[]) {
  const b = new GraphBuilder();
  const picture = b.input('picture', { elementType: 'float32', shape });
  const pulls = emitPulls(b, picture, colours ? { colours: colours.length / 3 } : { pulls: true });
  if (!pulls) throw new Error('Something pulls.');
  b.output(pulls.loss, 'loss');
  b.output(pulls.gradient, 'gradient');
  const fed = Object.entries(strengths).map(([name, value]) => [`pulls.${name}`, float32([], [value])]);
  const { loss, gradient } = await runGraph(b.build('pulls'), {
    ...{ picture: PICTURE, ...Object.fromEntries(fed) },
    ...(colours && { 'pulls.colours': float32([colours.length / 3, 3], colours) }),
  });
  return { loss: Number(loss?.data[0]), gradient: [...(gradient?.data ?? [])].map(Number) };
}

function close(got: readonly number[], expected: readonly number[]): void {
  for (const [at, value] of got.entries()) expect(value).toBeCloseTo(expected[at] ?? Number.NaN, 5);
}

describe('pulls', () => {
  it('are none where nobody asked for one', () => {
    const b = new GraphBuilder();
    expect(emitPulls(b, b.input('picture', { elementType: 'float32', shape }), {})).toBeUndefined();
  });

  it('towards calm count squared steps between neighbours', async () => {
    const { loss } = await pull({ smooth: 1, saturation: 0 });
    const down = [1, 0.3, 0, 0.4, 1, 0.5].reduce((sum, step) => sum + step ** 2, 0) / 6;
    const across = [0.2, 0.5, 0.1, 0.5, 0, 0.5].reduce((sum, step) => sum + step ** 2, 0) / 6;
    expect(loss).toBeCloseTo(down + across, 5);
  });

  it('towards colour push channels from their mean, and below 0 to it', async () => {
    const { loss, gradient } = await pull({ smooth: 0, saturation: 1 });
    // Σ over pixels of Σ_c (x_c − x̄)², over 4.
    expect(loss).toBeCloseTo(-(2 / 3 + 0.38 + 2 / 3) / 4, 5);
    close(gradient, [-1 / 3, -0.25, 1 / 6, 0, 1 / 6, 0.1, 1 / 6, 0, 1 / 6, 0.15, -1 / 3, 0]);
    close(
      (await pull({ smooth: 0, saturation: -1 })).gradient,
      gradient.map((value) => -value),
    );
  });

  it('towards a palette go to the nearest of its colours', async () => {
    const { loss, gradient } = await pull({ palette: 2 }, [0.9, 0, 0, 0, 0, 1]);
    const grey = 0.16 + 0.25 + 0.25;
    expect(loss).toBeCloseTo((2 * (0.01 + 0.02 + grey)) / 4, 5);
    close(gradient, [0.1, -0.1, 0, -0.4, 0, 0.1, 0, 0.5, 0, 0, 0, 0.5]);
  });
});
