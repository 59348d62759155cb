/**
 * What the HTTP Worker finds around it: its static assets, and a KV namespace in workerd's own
 * protocol (GET and PUT of a key as path). Outside of workerd, so that their work is not counted.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ServedFiles {
  /** `127.0.0.1:80`. */
  readonly address: string;
  close(): Promise<void>;
}

/** @param files by path; a PUT adds to them */
export async function serveFiles(files: Map<string, Uint8Array>): Promise<ServedFiles> {
  const server = createServer((request, response) => answer(files, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  files: Map<string, Uint8Array>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = decodeURIComponent(new URL(request.url as string, 'http://files').pathname);
  if (request.method === 'PUT') {
    files.set(path, await buffer(request));
    response.writeHead(204).end();
    return;
  }
  const file = files.get(path);
  if (file) response.writeHead(200, { 'Content-Length': file.length }).end(file);
  else response.writeHead(404).end();
}
