import type { UploadedFile } from '../world/attachments.js';
import { invalidForm, refuse } from './error.js';

const REQUEST_BYTES = 25 * 1024 * 1024;

export interface Upload {
  /** The JSON body, or `payload_json`; undefined when there is none. */
  readonly body: unknown;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

/** What a request without a body has uploaded. */
export const NOTHING: Upload = { body: undefined, files: new Map() };

/**
 * Reads a body: JSON, or multipart with `payload_json` and `files[n]`.
 *
 * @returns undefined when the client died before it had said everything.
 * @throws Refusal 40005 past 25 MiB, 50109 for what is no JSON, 50035 for any other type or field.
 */
export async function readUpload(request: Request): Promise<Upload | undefined> {
  if (request.method === 'GET') return NOTHING;
  if (Number(request.headers.get('content-length') ?? 0) > REQUEST_BYTES) throw refuse('tooLarge');
  const bytes = await request.arrayBuffer().catch(() => undefined);
  if (bytes === undefined) return undefined;
  if (bytes.byteLength > REQUEST_BYTES) throw refuse('tooLarge');
  if (bytes.byteLength === 0) return NOTHING;
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('application/json')) {
    return { body: parseJson(new TextDecoder().decode(bytes)), files: new Map() };
  }
  if (!type.startsWith('multipart/form-data')) throw contentTypeError(type);
  const form = new Response(bytes, { headers: { 'content-type': type } }).formData();
  return readForm(await form.catch(() => Promise.reject(contentTypeError('a multipart body that is none'))));
}

async function readForm(form: FormData): Promise<Upload> {
  const files = new Map<string, UploadedFile>();
  let body: unknown = {};
  for (const [name, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (name === 'payload_json') {
      body = parseJson(typeof value === 'string' ? value : await value.text());
    } else if (index !== undefined && typeof value !== 'string') {
      files.set(index, { filename: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
    } else {
      throw invalidForm({
        [name]: { _errors: [{ code: 'BASE_TYPE_INVALID', message: 'Expected payload_json or files[n].' }] },
      });
    }
  }
  return { body, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalidJson');
  }
}

function contentTypeError(type: string): Error {
  const message = `Expected "Content-Type" header to be one of {'application/json', 'multipart/form-data'}, got ${type}.`;
  return invalidForm({ _errors: [{ code: 'CONTENT_TYPE_INVALID', message }] });
}
