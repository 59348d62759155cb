const { builtinModules } = require('node:module');

/** Who may know whom: docs/architecture.md. */
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});
const sdk = '^sdk/src/';
/** Modules of Node, which are told without `node:`. */
const node = `^(node:)?(${builtinModules.join('|')})$`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      comment: 'What workerd itself brings is in no file.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^cloudflare:' },
    },
    forbid(
      'backend-knows-nothing',
      'An engine knows no algorithm.',
      `${sdk}backend/`,
      `${sdk}(?!backend/|error)`,
    ),
    forbid(
      'hff-knows-backend-only',
      'The algorithm knows the interface, no engine and no platform.',
      `${sdk}hff/`,
      `(${sdk}(?!hff/|backend/(backend|training-backend|image-backend|image-training-backend|numbers)\\.ts|error)|node_modules|${node})`,
    ),
    forbid(
      'format-is-portable',
      'Bytes know no engine, platform or training.',
      `${sdk}format/`,
      `(${sdk}(backend/(?!numbers|quantise-rows|to-float16)|train|cli|tfjs)/|${sdk}backend/(?!numbers|quantise-rows|to-float16)|${node})`,
    ),
    forbid(
      'train-knows-no-platform',
      'Training runs on any engine.',
      `${sdk}train/`,
      `(${sdk}(backend/(tfjs|simd)|tfjs|cli)/|${node})`,
    ),
    forbid(
      'learn-knows-no-platform',
      'Learning runs wherever our engine does.',
      `${sdk}learn/`,
      `(${sdk}(cli|continual|tfjs)/|${node})`,
    ),
    forbid(
      'store-knows-no-model',
      'A store knows bytes, keys and what keeps them.',
      `${sdk}store/`,
      `(${sdk}(?!store/|error)|node_modules/(?!idb-keyval/))`,
    ),
    forbid(
      'store-without-node',
      'Only the store in a folder needs Node.',
      `${sdk}store/(?!file-store|file-names|linked-file)`,
      node,
    ),
    forbid(
      'cli-uses-the-entry',
      'The command is built on the public entry, as a user would, and on what only it runs.',
      `${sdk}cli/`,
      `${sdk}(?!cli/|continual/|node\\.ts)`,
    ),
    forbid('nothing-knows-the-cli', 'The command is a leaf.', `${sdk}(?!cli/)`, `${sdk}cli/`),
    forbid(
      'apps-use-entries',
      'Worker and demo import published entries only.',
      '^(worker|demo)/',
      '^sdk/src/',
    ),
    {
      name: 'browser-and-worker-without-node',
      comment: 'Entries for browsers and Workers reach no Node module.',
      severity: 'error',
      from: {
        path: `${sdk}(browser|worker|images|worker-images|tfjs|features|knn|knn/workerd)\\.ts`,
      },
      to: { path: node, reachable: true },
    },
    {
      name: 'tfjs-by-its-entry-only',
      comment: 'No other entry carries anything of tfjs.',
      severity: 'error',
      from: {
        path: `${sdk}(browser|server|worker|images|server-images|worker-images|node|features|knn|knn/workerd)\\.ts`,
      },
      to: { path: 'tensorflow', reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^(sdk|demo)/dist/|worker-configuration)' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json', '.wasm'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
