/** A request as it goes over the wire, and its answer. */
import { Agent, request as send } from 'node:http';
import type { Operation } from './api-document.ts';

export interface Draft {
  readonly method: string;
  /** By name, percent-encoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Without `?`; percent-encoded. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** Sends the body without saying how long it is. */
  readonly chunked?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}

export function addressOf({ path }: Operation, { params, query }: Draft): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  return query === '' ? filled : `${filled}?${query}`;
}

/** Sends as it is: `fetch` would put paths and headers right. */
export class Sender {
  readonly #agent: Agent;
  readonly #url: URL;

  constructor(url: string, parallel: number) {
    this.#url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: parallel });
  }

  send(address: string, { method, headers, body, chunked }: Draft): Promise<Answer> {
    const length = body && !chunked ? { 'Content-Length': String(body.length) } : {};
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#url;
      const options = { hostname, port, method, path: address, agent: this.#agent };
      const sent = send({ ...options, headers: { ...length, ...headers } }, (received) => {
        const parts: Buffer[] = [];
        received.on('data', (part: Buffer) => parts.push(part));
        received.on('error', reject);
        received.on('end', () =>
          resolve({
            status: received.statusCode ?? 0,
            headers: received.headers,
            bytes: Buffer.concat(parts),
          }),
        );
      });
      sent.setTimeout(60_000, () => sent.destroy(new Error('No answer within 60 s.')));
      sent.on('error', reject);
      if (body && chunked) sent.write(body.subarray(0, body.length >> 1));
      sent.end(body && chunked ? body.subarray(body.length >> 1) : body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
