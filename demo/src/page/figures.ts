/** Figures as the page writes them. */
const whole = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

export const countOf = (value: number): string => whole.format(value);

export const shareOf = (value: number): string => percent.format(value);

export const timeOf = (milliseconds: number): string =>
  `${milliseconds < 100 ? milliseconds.toFixed(1) : whole.format(Math.round(milliseconds))} ms`;

export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export const plural = (count: number, one: string): string =>
  `${whole.format(count)} ${one}${count === 1 ? '' : 's'}`;
