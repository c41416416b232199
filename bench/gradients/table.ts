import type { Line } from './race.js';

const HEAD = [
  'work',
  'GMAC',
  'Easel',
  'floor',
  'share of floor',
  'peak memory',
  'PyTorch',
  'its peak memory',
  'PyTorch / Easel',
];

/** The lines as a Markdown table. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map(({ title, gigaMacs, ours, floorMs, share, torch }) => [
    title,
    gigaMacs.toFixed(1),
    seconds(ours.ms),
    seconds(floorMs),
    `${(100 * share).toFixed(0)} %`,
    megabytes(ours.peakBytes),
    torch ? seconds(torch.ms) : '–',
    torch ? megabytes(torch.peakBytes) : '–',
    torch ? `${(torch.ms / ours.ms).toFixed(2)}` : '–',
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(HEAD), line(HEAD.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

const seconds = (ms: number) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
