/** What `npm run reproduce` trains: each data set, net and method, with how much is spent on it. */

export const dataSets = ['mnist', 'fashion-mnist', 'cifar10'] as const;
/**
 * `fields` is `dense` with what not all methods have: receptive fields and dropout.
 * `wide` is `conv` without regard to the size of its file.
 */
export const nets = ['dense', 'fields', 'conv', 'wide'] as const;
export const methods = [
  'hff',
  'local-cross-entropy',
  'back-propagation',
  'forward-forward',
] as const;
/** `long` is for convolutions on CIFAR-10 alone, and the only one for `wide`. */
export const budgets = ['long', 'full', 'short', 'quick'] as const;

export interface Run {
  readonly data: (typeof dataSets)[number];
  readonly net: (typeof nets)[number];
  /** Forward-Forward is for dense nets only. */
  readonly method: (typeof methods)[number];
  readonly budget: (typeof budgets)[number];
  readonly seed: number;
}

/** In the order in which they are run. */
export function runsOf(budget: Run['budget']): Run[] {
  return dataSets.flatMap((data) =>
    netsOf(data, budget).flatMap((net) =>
      methods
        .filter((method) => has(net, method))
        .flatMap((method) =>
          seedsOf(data, net, method, budget).map((seed) => ({ data, net, method, budget, seed })),
        ),
    ),
  );
}

/** `cifar10/conv/hff/1`, by whose beginning `--only` chooses. */
export function pathOf({ data, net, method, seed }: Run): string {
  return [data, net, method, seed].join('/');
}

/** `cifar10-conv-hff-full-1`, of its file and its model. */
export function nameOf({ data, net, method, budget, seed }: Run): string {
  return [data, net, method, budget, seed].join('-');
}

/** @param only paths or their beginnings, of which a run must have one; all runs where there is none */
export function chosenRuns(runs: readonly Run[], only: readonly string[]): Run[] {
  if (only.length === 0) return [...runs];
  return runs.filter((run) => only.some((path) => `${pathOf(run)}/`.startsWith(`${path}/`)));
}

function netsOf(data: Run['data'], budget: Run['budget']): Run['net'][] {
  if (budget !== 'long') return nets.filter((net) => net !== 'wide');
  return nets.filter((net) => data === 'cifar10' && isConvolutional({ net }));
}

export function isConvolutional({ net }: Pick<Run, 'net'>): boolean {
  return net === 'conv' || net === 'wide';
}

function has(net: Run['net'], method: Run['method']): boolean {
  if (net === 'fields') return method === 'hff';
  return net === 'dense' || method !== 'forward-forward';
}

function seedsOf(
  data: Run['data'],
  net: Run['net'],
  method: Run['method'],
  budget: Run['budget'],
): readonly number[] {
  const twice = data === 'cifar10' && net === 'conv' && method === 'hff' && budget === 'full';
  return twice ? [1, 2] : [1];
}
