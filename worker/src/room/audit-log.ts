/**
 * Who changed what, and when: one row for each entry of the model's journal, written in the same
 * transaction. It also tells a repeated request from a new one, and how much of a quota is used up.
 * Samples are not in it.
 */

export const actions = [
  'learn',
  'forget',
  'forget-class',
  'rename-class',
  'forget-taught',
  'sync',
  'rollback',
  'replace',
] as const;

type Action = (typeof actions)[number];

export interface Change {
  readonly action: Action;
  readonly keyId: string;
  /** The caller's own name for the request, if there is one. */
  readonly requestKey: string | null;
  readonly samples: number;
  /** At most so many as are shown; the classes that the request names. */
  readonly labels: readonly string[];
}

export interface AuditEntry extends Change {
  readonly version: number;
  /** ISO 8601. */
  readonly at: string;
}

const mostLabels = 20;

const schema = [
  `CREATE TABLE IF NOT EXISTS audit (
    version INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    action TEXT NOT NULL,
    request_key TEXT,
    samples INTEGER NOT NULL,
    labels TEXT NOT NULL
  )`,
  'CREATE INDEX IF NOT EXISTS audit_request ON audit (key_id, request_key)',
  'CREATE INDEX IF NOT EXISTS audit_at ON audit (at)',
];

export class AuditLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    for (const statement of schema) sql.exec(statement);
  }

  write(version: number, { action, keyId, requestKey, samples, labels }: Change): void {
    this.#sql.exec(
      'INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)',
      version,
      Date.now(),
      keyId,
      action,
      requestKey,
      samples,
      JSON.stringify(labels.slice(0, mostLabels)),
    );
  }

  /** What a request of this name by this key did, if it did. */
  find(keyId: string, requestKey: string): AuditEntry | null {
    const query = 'SELECT * FROM audit WHERE key_id = ? AND request_key = ? LIMIT 1';
    const [row] = this.#sql.exec(query, keyId, requestKey).toArray();
    return row ? entryOf(row) : null;
  }

  /** The newest first. */
  list(before: number, most: number): AuditEntry[] {
    const query = 'SELECT * FROM audit WHERE version < ? ORDER BY version DESC LIMIT ?';
    return this.#sql.exec(query, before, most).toArray().map(entryOf);
  }

  /** Samples learned since a moment, in ms. */
  samplesSince(atMs: number): number {
    const query = "SELECT total(samples) AS samples FROM audit WHERE at >= ? AND action = 'learn'";
    return this.#sql.exec(query, atMs).one().samples as number;
  }
}

function entryOf(row: Record<string, SqlStorageValue>): AuditEntry {
  return {
    version: row.version as number,
    at: new Date(row.at as number).toISOString(),
    keyId: row.key_id as string,
    action: row.action as Action,
    requestKey: row.request_key as string | null,
    samples: row.samples as number,
    labels: JSON.parse(row.labels as string),
  };
}
