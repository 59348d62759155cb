/**
 * One exchange with a server that keeps the same model: brings what this device knows, takes what it
 * lacks (`POST …/sync`, docs/http-api.md). Whatever is cut off is made up for by the next exchange, as
 * both sides tell what they know and take things twice without harm.
 */
import { HffError } from './error.ts';
import type { Versions } from './learn/changes-since.ts';
import type { Model } from './model.ts';

export interface SyncOptions {
  /** API key of scope learn. */
  readonly token: string;
  readonly signal?: AbortSignal;
}

export interface SyncResult {
  /** Of the model on the server, after this. */
  readonly version: number;
  /** Whether the server knew anything that this device did not. */
  readonly isNews: boolean;
  /** What the server knows now, to be handed to the next exchange. */
  readonly theirs: Versions;
}

/** Others may teach the server between two rounds; what they taught can wait for the next exchange. */
const mostRounds = 3;

/**
 * @param theirs what the server knew when it was last asked; unknown by default
 * @throws HffError `sync/unreachable`, `sync/refused`, `learn/foreign`
 */
export async function syncModel(
  model: Model,
  url: string | URL,
  { token, signal }: SyncOptions,
  theirs: Versions | undefined,
): Promise<SyncResult> {
  let known = theirs;
  let isNews = false;
  for (let round = 1; ; round++) {
    const versions = await model.versions();
    const form = new FormData();
    form.set('versions', JSON.stringify(versions));
    if (known && lacks(known, versions)) {
      form.set('changes', new Blob([(await model.changesSince(known)) as BlobPart]));
    }
    const answer = await post(url, form, token, signal);
    isNews = (await model.apply(answer.changes)) || isNews;
    known = answer.versions;
    if (round === mostRounds || !lacks(known, await model.versions())) {
      return { version: answer.version, isNews, theirs: known };
    }
  }
}

function lacks(known: Versions, all: Versions): boolean {
  return Object.entries(all).some(
    ([replica, version]) => version > (Object.hasOwn(known, replica) ? (known[replica] ?? 0) : 0),
  );
}

interface Answer {
  readonly version: number;
  readonly versions: Versions;
  readonly changes: Uint8Array;
}

async function post(
  url: string | URL,
  form: FormData,
  token: string,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  signal?.throwIfAborted();
  // As bytes: Node's fetch does not bear it when a connection breaks amid a form.
  const encoded = new Response(form);
  const type = encoded.headers.get('Content-Type') as string;
  const body = await encoded.arrayBuffer();
  const response = await reach(url, () =>
    fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
      body,
      ...(signal && { signal }),
    }),
  );
  if (!response.ok) {
    const problem = await response.text().catch(() => '');
    throw new HffError(
      'sync/refused',
      `${url}: expected what the server knows, got status ${response.status}. ${detailOf(problem)}`,
    );
  }
  const answer = await reach(url, () => response.formData());
  const changes = answer.get('changes') as Blob;
  return {
    version: Number(answer.get('version')),
    versions: JSON.parse(String(answer.get('versions'))),
    changes: new Uint8Array(await changes.arrayBuffer()),
  };
}

/** @throws the signal's reason, HffError `sync/unreachable` */
async function reach<T>(url: string | URL, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    if ((cause as Error | null)?.name === 'AbortError') throw cause;
    throw new HffError(
      'sync/unreachable',
      `${url}: expected an answer, got ${cause}. Nothing is lost: try again when there is a connection.`,
      { cause },
    );
  }
}

function detailOf(problem: string): string {
  try {
    return String(JSON.parse(problem).detail);
  } catch {
    return '';
  }
}
