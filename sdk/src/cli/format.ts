/** Numbers and tables as people read them. */

export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

export function kilobytes(sizeBytes: number): string {
  return `${(sizeBytes / 1000).toFixed(1)} kB`;
}

/** Rows of right-aligned columns. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((row) => String(row[i] ?? '').length)),
  );
  return rows
    .map((row) => row.map((cell, i) => String(cell).padStart(widths[i] ?? 0)).join('  '))
    .join('\n');
}
