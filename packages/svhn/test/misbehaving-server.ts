/** A file server on the loopback interface that does as it is told, well or badly. */
import {EventEmitter} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

const arrivals = new EventEmitter();

/** So many bytes of a file are there. */
export function arrived(count: number): void {
  arrivals.emit('bytes', count);
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer {
  /** With a slash at the end. */
  readonly url: string;
  /** Headers of the requests so far. */
  readonly requests: IncomingMessage['headers'][];
  close(): Promise<void>;
}

/** @param answers of the first, second, … request; the last one of all further ones too */
export async function fileServer(...answers: readonly Answer[]): Promise<FileServer> {
  const requests: IncomingMessage['headers'][] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request.headers);
    (answers[requests.length - 1] ?? answers.at(-1))?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface ServeOptions {
  /** Default: "1". Null: none. */
  readonly etag?: string | null;
  readonly lastModified?: string;
  /** The connection is cut once so many bytes of the body have arrived, which the client tells with `arrived`. */
  readonly cutAfter?: number;
  /** Does not know ranges. */
  readonly ignoresRange?: boolean;
  /** Gives ranges of a file whatever If-Range says. */
  readonly ignoresIfRange?: boolean;
}

/** Serves bytes as a good server does, but for the options. */
export function serve(bytes: Uint8Array, options: ServeOptions = {}): Answer {
  const {etag = '"1"', lastModified, cutAfter, ignoresRange = false, ignoresIfRange = false} = options;
  return (request, response) => {
    const condition = request.headers['if-range'];
    const valid =
      ignoresIfRange || condition === undefined || condition === etag || condition === lastModified;
    const range =
      ignoresRange || !valid ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const start = Number(range ?? 0);
    if (etag !== null) response.setHeader('etag', etag);
    if (lastModified !== undefined) response.setHeader('last-modified', lastModified);
    response.setHeader('content-type', 'application/octet-stream');
    response.setHeader('content-length', bytes.length - start);
    if (range !== undefined) {
      response.statusCode = 206;
      response.setHeader('content-range', `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
    }
    if (cutAfter === undefined) {
      response.end(bytes.subarray(start));
      return;
    }
    // A client throws away what it has not read yet of a broken body, so it is given the time.
    const end = start + cutAfter;
    const cut = (count: number): void => {
      if (count < end) return;
      arrivals.off('bytes', cut);
      response.destroy();
    };
    arrivals.on('bytes', cut);
    response.write(bytes.subarray(start, end));
  };
}

export function respond(status: number, type: string, body: string): Answer {
  return (_, response) => {
    response.writeHead(status, {'content-type': type}).end(body);
  };
}
