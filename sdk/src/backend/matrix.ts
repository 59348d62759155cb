/** A matrix owned by a backend. Its content changes only through the backend's operations. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
}
