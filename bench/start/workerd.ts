/** A fresh workerd with one Worker: nothing is compiled, loaded or warm in it yet. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { type CpuTime, settledCpuTime } from './cpu-time.ts';

const require = createRequire(import.meta.url);
const { default: program }: { default: string } = createRequire(require.resolve('wrangler'))(
  'workerd',
);

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** From sending to the last byte, seen from here. */
  readonly ms: number;
}

export interface Workerd {
  /** Without a slash at the end. */
  readonly address: string;
  post(path: string, body: Uint8Array): Promise<Answer>;
  /** Since its start. */
  cpuTime(): Promise<CpuTime>;
  stop(): Promise<void>;
}

/** @param config path of workerd's configuration */
export async function startWorkerd(config: string): Promise<Workerd> {
  const child = spawn(program, ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  const port = await listeningPort(child);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    address: `http://127.0.0.1:${port}`,
    post: (path, body) => post(agent, port, path, body),
    cpuTime: () => settledCpuTime(child.pid as number),
    async stop() {
      agent.destroy();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function listeningPort(child: ChildProcess): Promise<number> {
  const control = (child.stdio[3] as Readable).setEncoding('utf8');
  for await (const chunk of control) {
    const { event, port } = JSON.parse(chunk) as { event: string; port: number };
    if (event === 'listen') return port;
  }
  throw new Error(`workerd: expected a port, got exit code ${child.exitCode}.`);
}

function post(agent: Agent, port: number, path: string, body: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Length': body.length,
    };
    const started = performance.now();
    const outgoing = request(
      { host: '127.0.0.1', port, path, method: 'POST', agent, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => {
          const ms = performance.now() - started;
          resolve({ status: response.statusCode as number, text, ms });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
