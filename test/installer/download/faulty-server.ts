import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface FaultyServer {
  /** Where it listens, without a slash at the end. */
  readonly origin: string;
  /** The questions so far, as `METHOD /path range`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Answers one question; `turn` counts the questions for this path from 0. */
export type Answering = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

/** A server on the loopback that answers each path as it is told. */
export async function startServer(paths: Readonly<Record<string, Answering>>): Promise<FaultyServer> {
  const asked: string[] = [];
  const turns = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push([request.method, path, request.headers.range].filter(Boolean).join(' '));
    const turn = turns.get(path) ?? 0;
    turns.set(path, turn + 1);
    const answer = paths[path];
    if (answer) answer(request, response, turn);
    else response.writeHead(404).end('gone');
  });
  // As a proxy: a tunnel to whatever is asked for.
  server.on('connect', (request, socket, head) => {
    asked.push(`CONNECT ${request.url}`);
    const [host, port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    const stop = () => {
      onward.destroy();
      socket.destroy();
    };
    onward.on('error', stop);
    socket.on('error', stop);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Serves bytes as a good server does: ranges, lengths, a strong validator. */
export function serving(bytes: Uint8Array): Answering {
  return (request, response) => {
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    if (start >= bytes.length && from !== undefined) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const headers = {
      'content-length': bytes.length - start,
      etag: '"one"',
      'content-type': 'application/octet-stream',
    };
    if (from === undefined) response.writeHead(200, headers);
    else
      response.writeHead(206, {
        ...headers,
        'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
      });
    response.end(bytes.subarray(start));
  };
}

/** Promises all bytes from where it is asked, sends `count` of them and breaks the line. */
export function breakingAfter(bytes: Uint8Array, count: number): Answering {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const headers = { 'content-length': bytes.length - start, etag: '"one"' };
    if (start === 0) response.writeHead(200, headers);
    else
      response.writeHead(206, {
        ...headers,
        'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
      });
    response.write(bytes.subarray(start, start + count), () => response.destroy());
  };
}
