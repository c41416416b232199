import type { FileHandle } from 'node:fs/promises';
import type { Answer, Network } from './open-network.js';
import type { PublishedFile } from './published-file.js';

/** An address does not give the file. */
export class Refusal extends Error {
  /** Whether asking it again would change nothing. */
  readonly isFinal: boolean;
  /** How long it asks to be left alone. */
  readonly waitMs: number | undefined;

  constructor(message: string, options: { isFinal?: boolean; waitMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.isFinal = options.isFinal ?? false;
    this.waitMs = options.waitMs;
  }
}

export interface FetchPartOptions {
  readonly file: PublishedFile;
  readonly url: string;
  readonly network: Network;
  readonly signal: AbortSignal;
  /** Where the rest goes, open for appending. */
  readonly handle: FileHandle;
  /** Bytes that are there already. */
  readonly have: number;
  /** What the server called this version of the file before. */
  readonly validator: string | undefined;
  readonly keepValidator: (validator: string | undefined) => void;
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
}

const MOST_WAIT_MS = 60_000;

/**
 * Asks one address once, for what is missing, and appends it.
 *
 * @throws Refusal when it has something else, or nothing now; whatever breaks the line.
 */
export async function fetchPart(options: FetchPartOptions): Promise<void> {
  const { file, url, network, signal, handle, have, validator, onProgress } = options;
  if (file.bytes !== undefined && have === file.bytes) return;
  const canResume = have > 0 && (file.sha256 !== undefined || validator !== undefined);
  const answer = await network.get(
    url,
    {
      'user-agent': 'easel',
      'accept-encoding': 'identity',
      ...(canResume && { range: `bytes=${have}-` }),
      ...(canResume && validator !== undefined && { 'if-range': validator }),
    },
    signal,
  );
  try {
    const start = await startOf(answer, options, canResume);
    const total = totalOf(answer, start);
    if (file.bytes !== undefined && total !== undefined && total !== file.bytes) {
      throw new Refusal(`it has a file of ${total} bytes instead of ${file.bytes}`, { isFinal: true });
    }
    if (start !== have) await handle.truncate(start);
    options.keepValidator(validatorOf(answer));
    let bytes = start;
    for await (const chunk of answer.body) {
      if (bytes === 0 && looksLikePage(chunk)) throw pageRefusal();
      bytes += chunk.length;
      if (file.bytes !== undefined && bytes > file.bytes) {
        throw new Refusal(`it sends more than ${file.bytes} bytes`, { isFinal: true });
      }
      await handle.appendFile(chunk);
      onProgress?.(bytes, file.bytes ?? total);
    }
    const expected = file.bytes ?? total;
    if (expected !== undefined && bytes < expected) throw new Refusal(`the line broke after ${bytes} bytes`);
  } finally {
    answer.body.destroy();
  }
}

/** Where the body belongs in the file. */
async function startOf(
  { status, headers }: Answer,
  { handle, have }: FetchPartOptions,
  canResume: boolean,
): Promise<number> {
  if (headers['content-type']?.startsWith('text/html')) throw pageRefusal();
  if (status === 200) return 0;
  if (status === 206 && canResume && contentRange(headers['content-range'])?.start === have) return have;
  if (status === 206 || status === 416) {
    // What is here does not fit what is there: from the beginning, with the next try.
    await handle.truncate(0);
    throw new Refusal('it cannot go on where it was interrupted');
  }
  const waitMs = waitOf(headers['retry-after']);
  const isBusy = status === 408 || status === 429 || status >= 500;
  throw new Refusal(`it answers ${status}`, { isFinal: !isBusy, ...(waitMs !== undefined && { waitMs }) });
}

function totalOf({ status, headers }: Answer, start: number): number | undefined {
  if (status === 206) return contentRange(headers['content-range'])?.total;
  const length = Number(headers['content-length']);
  return headers['content-length'] !== undefined && Number.isSafeInteger(length) ? start + length : undefined;
}

function contentRange(
  value: string | undefined,
): { readonly start: number; readonly total: number | undefined } | undefined {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(value ?? '') ?? [];
  return start === undefined
    ? undefined
    : { start: Number(start), total: total === '*' ? undefined : Number(total) };
}

/** A strong validator; weak ones do not promise the same bytes. */
function validatorOf({ headers }: Answer): string | undefined {
  const etag = headers['etag'];
  return etag?.startsWith('"') ? etag : undefined;
}

function waitOf(retryAfter: string | undefined): number | undefined {
  const seconds = Number(retryAfter);
  return retryAfter !== undefined && seconds >= 0 ? Math.min(seconds * 1000, MOST_WAIT_MS) : undefined;
}

function looksLikePage(chunk: Uint8Array): boolean {
  return /^\s*<(!doctype|html|head)/i.test(Buffer.from(chunk.subarray(0, 256)).toString('latin1'));
}

function pageRefusal(): Refusal {
  return new Refusal('it has a web page there; the link has expired or asks for a log-in', { isFinal: true });
}
