/**
 * A gate before publication: samples held out from teaching, of which each new version must decide a
 * share rightly. What fails stays in the room, and isolates go on with the version before.
 */
import { loadModel, type Model } from '@hff-edge/sdk/worker';

export interface GateSpec {
  /** One array of raw values for each sample. */
  readonly inputs: readonly (readonly number[])[];
  /** What each of them is. */
  readonly labels: readonly string[];
  /** Share of the samples, 0 to 1. */
  readonly leastAccuracy: number;
}

export class Gate {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec('CREATE TABLE IF NOT EXISTS gate (id INTEGER PRIMARY KEY, spec TEXT NOT NULL)');
  }

  get spec(): GateSpec | null {
    const [row] = this.#sql.exec('SELECT spec FROM gate').toArray();
    return row ? JSON.parse(row.spec as string) : null;
  }

  set spec(spec: GateSpec | null) {
    this.#sql.exec('DELETE FROM gate');
    if (spec) this.#sql.exec('INSERT INTO gate VALUES (0, ?)', JSON.stringify(spec));
  }

  /**
   * @param published a model as isolates would get it
   * @returns why it must not be published, null where it may
   * @throws HffError `input/…` where the samples do not fit it
   */
  async objection(published: Uint8Array): Promise<string | null> {
    const { spec } = this;
    if (!spec) return null;
    const model = await loadModel(published);
    try {
      const accuracy = await accuracyOf(model, spec);
      if (accuracy >= spec.leastAccuracy) return null;
      return `Of the gate's samples it decides ${percent(accuracy)} rightly, less than ${percent(spec.leastAccuracy)}.`;
    } finally {
      model.dispose();
    }
  }
}

/** Share of the samples that are decided rightly. @throws HffError `input/…` */
export async function accuracyOf(
  model: Pick<Model, 'classifyBatch'>,
  { inputs, labels }: Pick<GateSpec, 'inputs' | 'labels'>,
): Promise<number> {
  const results = await model.classifyBatch(inputs, { topK: 1 });
  return results.filter(({ label }, i) => label === labels[i]).length / labels.length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
