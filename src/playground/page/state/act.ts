import type { ActResult } from '../../host/protocol.js';
import { secret } from './secret.js';

/** Asks the host to do something; whatever goes wrong comes back as a sentence. */
export async function act(
  name: string,
  input: object,
  files: ReadonlyMap<string, File> = new Map(),
): Promise<ActResult> {
  const body = new FormData();
  body.set('input', JSON.stringify(input));
  for (const [key, file] of files) body.set(key, file);
  try {
    const response = await fetch(`/act/${name}`, {
      method: 'POST',
      body,
      headers: { 'x-playground-secret': secret },
    });
    return (await response.json()) as ActResult; // from our own host
  } catch {
    return { ok: false, error: 'The playground does not answer; is it still running?' };
  }
}

/** Reads something from the host that is no part of the live picture. */
export async function ask(path: string): Promise<unknown> {
  const response = await fetch(path, { headers: { 'x-playground-secret': secret } });
  return response.json();
}
