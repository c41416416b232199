import type { MeasuredEvent, StepEvent } from '../../contracts/train-event.js';

const PANEL = { width: 440, height: 180, gap: 24, left: 56, top: 28 } as const;
const COLUMNS = 2;
/** Points a curve is drawn with, each a mean of its share of the steps. */
const POINTS = 160;

interface Series {
  readonly name: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** An SVG with one panel a loss and a measure, over steps. */
export function drawCurves(entries: readonly (StepEvent | MeasuredEvent)[]): string {
  const series = seriesOf(entries);
  const rows = Math.max(1, Math.ceil(series.length / COLUMNS));
  const width = COLUMNS * (PANEL.width + PANEL.gap) + PANEL.gap;
  const height = rows * (PANEL.height + PANEL.gap) + PANEL.gap;
  const panels = series.map((each, index) => {
    const x = PANEL.gap + (index % COLUMNS) * (PANEL.width + PANEL.gap);
    const y = PANEL.gap + Math.floor(index / COLUMNS) * (PANEL.height + PANEL.gap);
    return `<g transform="translate(${x} ${y})">${drawPanel(each)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${panels.join('')}</svg>`;
}

function seriesOf(entries: readonly (StepEvent | MeasuredEvent)[]): readonly Series[] {
  const all = new Map<string, { steps: number[]; values: number[] }>();
  for (const entry of entries) {
    const [numbers, prefix] = entry.type === 'step' ? [entry.losses, ''] : [entry.metrics, 'held out: '];
    for (const [name, value] of Object.entries(numbers)) {
      const key = prefix + name;
      const series = all.get(key) ?? { steps: [], values: [] };
      all.set(key, series);
      series.steps.push(entry.step);
      series.values.push(value);
    }
  }
  return [...all].map(([name, { steps, values }]) => ({ name, ...thinned(steps, values) }));
}

function thinned(steps: readonly number[], values: readonly number[]) {
  const share = Math.max(1, Math.ceil(steps.length / POINTS));
  const starts = Array.from({ length: Math.ceil(steps.length / share) }, (_, index) => index * share);
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  return {
    steps: starts.map((start) => mean(steps.slice(start, start + share))),
    values: starts.map((start) => mean(values.slice(start, start + share))),
  };
}

function drawPanel({ name, steps, values }: Series): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [steps[0] ?? 0, steps.at(-1) ?? 1];
  const inner = { width: PANEL.width - PANEL.left, height: PANEL.height - PANEL.top - 20 };
  const points = values.map((value, index) => {
    const x = PANEL.left + (((steps[index] ?? 0) - first) / Math.max(1, last - first)) * inner.width;
    const y = PANEL.top + (1 - (value - low) / Math.max(1e-12, high - low)) * inner.height;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const [end = '0,0'] = points.slice(-1);
  const [endX, endY] = end.split(',');
  const bottom = PANEL.top + inner.height;
  return [
    `<text x="${PANEL.left}" y="16" font-weight="bold">${name}: ${shortly(values.at(-1) ?? 0)}</text>`,
    `<path d="M${PANEL.left} ${PANEL.top}V${bottom}H${PANEL.width}" fill="none" stroke="#999"/>`,
    `<text x="${PANEL.left - 6}" y="${PANEL.top + 4}" text-anchor="end">${shortly(high)}</text>`,
    `<text x="${PANEL.left - 6}" y="${bottom}" text-anchor="end">${shortly(low)}</text>`,
    `<text x="${PANEL.left}" y="${bottom + 15}">${Math.round(first)}</text>`,
    `<text x="${PANEL.width}" y="${bottom + 15}" text-anchor="end">step ${Math.round(last)}</text>`,
    `<polyline points="${points.join(' ')}" fill="none" stroke="#2563eb" stroke-width="1.5"/>`,
    `<circle cx="${endX}" cy="${endY}" r="2.5" fill="#2563eb"/>`,
  ].join('');
}

const shortly = (value: number): string => String(Number(value.toPrecision(3)));
