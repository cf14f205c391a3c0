/** A static server that knows one folder, under one path, as the simplest hosts do. */
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname, join} from 'node:path';
import {promisify} from 'node:util';
import {brotliCompress, constants} from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface Server {
  /** Address of the folder, with a slash at its end. */
  readonly url: string;
  close(): void;
}

export interface ServeOptions {
  /** Whether pages are cross-origin isolated, and so may share memory between threads. Default false. */
  readonly isolated?: boolean;
  /** By Brotli at level 5, as hosts do while they serve; each file once. Default false. */
  readonly compress?: boolean;
}

const brotli = promisify(brotliCompress);
const level = {params: {[constants.BROTLI_PARAM_QUALITY]: 5}};

export async function serve(
  folder: string,
  path: string,
  {compress = false, isolated = false}: ServeOptions = {},
): Promise<Server> {
  const compressed = new Map<string, Promise<Buffer>>();
  const bytesOf = (file: string): Promise<Buffer> => {
    if (!compress) return readFile(file);
    const bytes = compressed.get(file) ?? readFile(file).then((read) => brotli(read, level));
    compressed.set(file, bytes);
    return bytes;
  };
  const server = createServer((request, response) => {
    const {pathname} = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.startsWith(path) ? join(folder, pathname.slice(path.length) || 'index.html') : '';
    bytesOf(file).then(
      (bytes) => {
        response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
        if (compress) response.setHeader('content-encoding', 'br');
        if (isolated) {
          response.setHeader('cross-origin-opener-policy', 'same-origin');
          response.setHeader('cross-origin-embedder-policy', 'require-corp');
        }
        return response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const {port} = server.address() as AddressInfo;
  return {url: `http://127.0.0.1:${port}${path}`, close: () => server.close()};
}
