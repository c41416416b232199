import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { FIXTURES, REPOSITORY } from './folders.js';

const TYPES: Readonly<Record<string, string>> = {
  mjs: 'text/javascript',
  js: 'text/javascript',
  html: 'text/html',
};

/** A web server on loopback with a page bundled from a project's own modules, the runtime's files and a network. */
export async function servePage(entry: string): Promise<Server> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  const runtime = join(REPOSITORY, 'node_modules', 'onnxruntime-web', 'dist');
  const files = new Map<string, () => Uint8Array | string>([
    ['/', () => '<!doctype html><script type="module" src="/page.js"></script>'],
    ['/page.js', () => outputFiles[0]?.contents ?? ''],
    ['/network.onnx', () => readFileSync(join(FIXTURES, 'engine', '10_unsorted.onnx'))],
    ...['mjs', 'wasm'].map((end) => {
      const file = `ort-wasm-simd-threaded.${end}`;
      return [`/ort/${file}`, () => readFileSync(join(runtime, file))] as const;
    }),
  ]);
  const server = createServer(({ url = '/' }, response) => {
    const file = files.get(url.split('?')[0] ?? '/');
    const type = TYPES[url === '/' ? 'html' : (url.split('.').at(-1) ?? '')] ?? 'application/wasm';
    response.writeHead(file ? 200 : 404, { 'content-type': type }).end(file?.());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
