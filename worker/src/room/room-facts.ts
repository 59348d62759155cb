/** What a room remembers besides the model and its log. */

export interface PublishedVersion {
  readonly version: number;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly sizeBytes: number;
}

/** A version that was not published. */
export interface RefusedVersion {
  readonly version: number;
  /** ISO 8601. */
  readonly refusedAt: string;
  readonly reason: string;
}

const schema = [
  `CREATE TABLE IF NOT EXISTS published (
    version INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS refused (
    version INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL
  )`,
  'CREATE TABLE IF NOT EXISTS pushed (replica TEXT PRIMARY KEY, key_id TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL)',
];

export class RoomFacts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    for (const statement of schema) sql.exec(statement);
  }

  /** What is added to the journal's numbers, so that versions go on where other models ended. */
  get versionOffset(): number {
    return this.#read('version offset');
  }

  set versionOffset(offset: number) {
    this.#write('version offset', offset);
  }

  /** The newest first. */
  published(): PublishedVersion[] {
    const query = 'SELECT * FROM published ORDER BY version DESC';
    return this.#sql
      .exec(query)
      .toArray()
      .map(({ version, at, size_bytes }) => ({
        version: version as number,
        publishedAt: new Date(at as number).toISOString(),
        sizeBytes: size_bytes as number,
      }));
  }

  addPublished(version: number, sizeBytes: number): void {
    const query = 'INSERT OR REPLACE INTO published VALUES (?, ?, ?)';
    this.#sql.exec(query, version, Date.now(), sizeBytes);
    this.#sql.exec('DELETE FROM refused');
  }

  /** What was refused since the last publication: the newest of it. */
  refused(): RefusedVersion | null {
    const [row] = this.#sql.exec('SELECT * FROM refused').toArray();
    if (!row) return null;
    const refusedAt = new Date(row.at as number).toISOString();
    return { version: row.version as number, refusedAt, reason: row.reason as string };
  }

  setRefused(version: number, reason: string): void {
    this.#sql.exec('DELETE FROM refused');
    this.#sql.exec('INSERT INTO refused VALUES (?, ?, ?)', version, Date.now(), reason);
  }

  removePublished(version: number): void {
    this.#sql.exec('DELETE FROM published WHERE version = ?', version);
  }

  /** Of several keys that bring the same replica's changes, the first counts as theirs. */
  addPushed(replicas: readonly string[], keyId: string): void {
    for (const replica of replicas) {
      this.#sql.exec('INSERT OR IGNORE INTO pushed VALUES (?, ?)', replica, keyId);
    }
  }

  pushedBy(keyId: string): string[] {
    const rows = this.#sql.exec('SELECT replica FROM pushed WHERE key_id = ?', keyId).toArray();
    return rows.map(({ replica }) => replica as string);
  }

  #read(name: string): number {
    const [row] = this.#sql.exec('SELECT value FROM facts WHERE name = ?', name).toArray();
    return (row?.value as number | undefined) ?? 0;
  }

  #write(name: string, value: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO facts VALUES (?, ?)', name, value);
  }
}
