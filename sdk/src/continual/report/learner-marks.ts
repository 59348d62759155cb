/** How learners are told apart: by colour, and by symbol where colours cannot be. */

/** Plot's names, and the same as characters for legends. */
export const learnerSymbols = [
  { name: 'circle', character: '●' },
  { name: 'square', character: '■' },
  { name: 'triangle', character: '▲' },
  { name: 'diamond', character: '◆' },
  { name: 'star', character: '★' },
  { name: 'wye', character: 'Y' },
] as const;
