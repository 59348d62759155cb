/** The part of a data set that is meant: to learn from, or to be tested with. */
export type Split = 'train' | 'test';
