import type { Catalogue } from '../installer/catalogue/catalogue.js';
import type { PublishedFile } from '../installer/download/published-file.js';

export interface Described {
  /** Of the catalogue; undefined for the operator's own. */
  readonly vqgan: string | undefined;
  readonly clips: readonly string[];
  readonly files: readonly PublishedFile[];
}

/** What is about to be fetched, from whom, and under which licences: shown before anything is. */
export function describeChoice(catalogue: Catalogue, { vqgan, clips, files }: Described): string {
  const entries = [
    ...(vqgan === undefined ? [] : [catalogue.vqgans[vqgan]]),
    ...clips.map((name) => catalogue.clips[name]),
  ].filter((entry) => entry !== undefined);
  const parts = entries.map(({ title, source, licence }) =>
    [`${title}, from ${source}`, `  licence: ${licence.stated ?? 'not stated'}. ${licence.about}`]
      .join('\n')
      .trimEnd(),
  );
  const fetched = files.map(({ name, bytes, sha256, urls }) => {
    const size =
      bytes === undefined
        ? 'size not stated'
        : bytes < 1e5
          ? `${(bytes / 1e3).toFixed(1)} kB`
          : `${(bytes / 1e6).toFixed(1)} MB`;
    const hash =
      sha256 === undefined
        ? 'hash not stated, kept from the first download on'
        : `sha256 ${sha256.slice(0, 12)}…`;
    return `  ${name}: ${size}, ${hash}, ${new URL(urls[0] ?? '').host}`;
  });
  return [...parts, ...fetched].map((line) => `${line}\n`).join('');
}
