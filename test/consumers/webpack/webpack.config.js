import { fileURLToPath } from 'node:url';

export default {
  mode: 'production',
  context: import.meta.dirname,
  entry: './main.js',
  // The model has a megabyte, and webpack warns of files from a quarter of that on.
  performance: { hints: false },
  output: {
    path: fileURLToPath(new URL('out', import.meta.url)),
    filename: 'main.js',
    publicPath: '/out/',
  },
};
