/** Turbopack takes in no links that lead out of this folder, and the tests link what is installed. */
export default { turbopack: { root: '/' } };
