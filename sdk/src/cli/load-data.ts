/** Loads a data set for a command, with a progress bar while it is downloaded or decoded. */
import { SingleBar } from 'cli-progress';
import { type Dataset, type LoadProgress, loadDataset, type Split } from '../node.ts';

export interface DataOptions {
  readonly dataDir?: string;
  /** Prints no bar where a machine reads along. */
  readonly json?: true;
}

/** @throws HffError as `loadDataset` */
export async function loadData(
  source: string,
  split: Split,
  options: DataOptions,
): Promise<Dataset> {
  const { dataDir, json } = options;
  const bar = new SingleBar({
    format: '{task} {name} [{bar}] {percentage} %',
    clearOnComplete: true,
  });
  let shown = '';
  const onProgress = ({ task, name, done, total }: LoadProgress): void => {
    if (shown !== task + name) {
      bar.stop();
      bar.start(total ?? done, 0, { task, name });
      shown = task + name;
    }
    bar.setTotal(total ?? done);
    bar.update(done);
  };
  try {
    return await loadDataset(source, {
      split,
      ...(dataDir && { dataDir }),
      ...(!json && { onProgress }),
    });
  } finally {
    bar.stop();
  }
}
