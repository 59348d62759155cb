/**
 * What operations of one replica would change. Nothing changes by planning: a state takes the changes
 * in, here and wherever they are sent. Every plan checks first, so that what was planned cannot fail.
 *
 * Labels are 1 to 256 characters (`learn/label`), features D finite numbers (`input/shape`,
 * `input/not-finite`).
 */
import { HffError } from '../error.ts';
import type { CellChange, Changes, ModelIdentity, Name, Tombstone } from './changes.ts';
import { checkFeatures } from './check-features.ts';
import { hasSamples, liveIdsOf } from './class-ids.ts';
import { limitClasses } from './limit-classes.ts';
import { knownIdsOf, placeLearned, placeNew, unknownClass } from './place-sample.ts';
import type { Tables } from './tables.ts';

interface Rows {
  readonly plus: Float32Array[];
  readonly minus: Float32Array[];
}

export class Planner {
  readonly #model: ModelIdentity;
  readonly #replica: string;
  readonly #tables: Tables;
  /** Of the change that is planned. */
  readonly #version: number;

  /** @param replica whose operations these are; not a revoked one */
  constructor(model: ModelIdentity, replica: string, tables: Tables) {
    this.#model = model;
    this.#replica = replica;
    this.#tables = tables;
    this.#version = after(tables.replicas.get(replica)?.version ?? 0);
  }

  /**
   * Several samples, with as many labels: that is the caller's duty. A class begins with its first
   * sample.
   * @throws HffError `learn/too-many`
   */
  learn(labels: readonly string[], features: readonly ArrayLike<number>[]): Changes {
    const rows = features.map((row) => checkFeatures(row, this.#model.dimension));
    const ids = new Map(
      [...new Set(labels)].map((label) => [label, placeNew(label, this.#tables)]),
    );
    // Each is within the limit; together they may not be. Counting takes time that one can do without.
    if (ids.size > 1) limitClasses(this.#tables, [...ids.values()]);
    const cells = new Map<string, Rows>();
    rows.forEach((row, i) => {
      rowsOf(cells, ids.get(labels[i] as string) as string).plus.push(row);
    });
    return this.#changes({ cells });
  }

  /**
   * The inverse of {@link learn}, wherever the sample was learned.
   * @throws HffError `learn/unknown-class`, `learn/not-learned` if the class has no learned samples,
   *   or all of them are at hand row by row and this is none of them
   */
  forget(label: string, features: ArrayLike<number>): Changes {
    const row = checkFeatures(features, this.#model.dimension);
    const cells = new Map<string, Rows>();
    rowsOf(cells, placeLearned(label, row, this.#tables)).minus.push(row);
    return this.#changes({ cells });
  }

  /** {@link forget} under one label and {@link learn} under the other, both or neither. */
  relabel(features: ArrayLike<number>, from: string, to: string): Changes {
    const row = checkFeatures(features, this.#model.dimension);
    const cells = new Map<string, Rows>();
    rowsOf(cells, placeLearned(from, row, this.#tables)).minus.push(row);
    rowsOf(cells, placeNew(to, this.#tables)).plus.push(row);
    return this.#changes({ cells });
  }

  /**
   * Takes a class away, the base's samples of it too. It beats what others learned of the class
   * without knowing of this, and yields to what is learned afterwards.
   * @throws HffError `learn/unknown-class`
   */
  forgetClass(label: string): Changes {
    const ids = liveIdsOf(label, this.#tables);
    if (!ids[0]) unknownClass(label);
    const [replica, version] = [this.#replica, this.#version];
    const tombstones = ids.map((id): [string, Tombstone] => [
      id,
      { count: after(this.#generation(id)), replica, version },
    ]);
    return this.#changes({ tombstones });
  }

  /**
   * Of two names that replicas give at once, one wins everywhere. Classes that come to the same name
   * in that way are one from then on.
   * @throws HffError `learn/unknown-class`, `learn/exists`
   */
  renameClass(from: string, to: string): Changes {
    const ids = knownIdsOf(from, this.#tables);
    if (hasSamples(liveIdsOf(to, this.#tables), this.#tables)) {
      throw new HffError(
        'learn/exists',
        `Class "${to}": there is one already. Choose another name.`,
      );
    }
    let time = 1;
    for (const name of this.#tables.names.values()) time = Math.max(time, after(name.time));
    const name: Name = { label: to, time, replica: this.#replica, version: this.#version };
    return this.#changes({ names: ids.map((id) => [id, name]) });
  }

  /** Takes away all that these replicas learned and forgot, and will; not classes they forgot or renamed. */
  revoke(replicas: readonly string[]): Changes {
    const stamp = { replica: this.#replica, version: this.#version };
    return this.#changes({ revoked: replicas.map((replica) => [replica, stamp]) });
  }

  #changes({
    cells = new Map<string, Rows>(),
    tombstones = [] as Changes['tombstones'],
    names = [] as Changes['names'],
    revoked = [] as Changes['revoked'],
  }): Changes {
    const { fingerprint, dimension } = this.#model;
    const version = this.#version;
    const changed = [...cells].map(
      ([id, { plus, minus }]): CellChange => ({
        id,
        generation: this.#generation(id),
        isWhole: false,
        moments: { plus, minus, folded: undefined },
        plusAt: plus.map(() => version),
        minusAt: minus.map(() => version),
        reshapedAt: 0,
      }),
    );
    const own = { replica: this.#replica, since: version - 1, version, cells: changed };
    return { fingerprint, dimension, replicas: [own], tombstones, names, revoked };
  }

  #generation(id: string): number {
    return this.#tables.tombstones.get(id)?.count ?? 0;
  }
}

/**
 * What comes next, as long as it can be told from what comes after it.
 * @throws HffError `learn/malformed` where someone who made the numbers up went as far as they go
 */
function after(count: number): number {
  if (count < Number.MAX_SAFE_INTEGER) return count + 1;
  throw new HffError(
    'learn/malformed',
    'Learned state: expected a change that another can follow, got the last there can be. What was taken in was made up: begin anew.',
  );
}

function rowsOf(cells: Map<string, Rows>, id: string): Rows {
  const rows = cells.get(id) ?? { plus: [], minus: [] };
  cells.set(id, rows);
  return rows;
}
