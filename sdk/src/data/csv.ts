/**
 * Tables: one sample per line, one column with the label, every other column a number. Node only;
 * the file is read line by line, so only the numbers are held in memory.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, type InfoRecord, parse } from 'csv-parse';
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';
import { SampleBuffer } from './sample-buffer.ts';
import { type SampleShape, sampleShape } from './sample-shape.ts';
import { sortClasses } from './sort-classes.ts';

export interface CsvOptions {
  /**
   * The label's column: its name in the header line, or its index from 0. Default: the column that
   * the header calls `label`, or else the first.
   */
  readonly labelColumn?: string | number;
  /** What the numbers of a line are; without it, 784 are a 28 × 28 image and others are features. */
  readonly shape?: SampleShape;
}

/**
 * The first line is a header if it names the label's column or holds no number at all.
 * @throws HffError `data/malformed` with line and column of a cell that is no number, `data/empty`,
 * `data/labels` if the label's column is missing, `option/invalid` if the shape does not fit
 */
export async function loadCsv(path: string, options: CsvOptions = {}): Promise<Dataset> {
  const samples = new SampleBuffer();
  const names: string[] = [];
  let labelIndex: number | undefined;
  try {
    for await (const { record, info } of readRecords(path)) {
      if (labelIndex === undefined) {
        const header = isHeader(record, options.labelColumn);
        labelIndex = findLabel(header ? record : [], record.length, options.labelColumn, path);
        if (header) continue;
      }
      names.push(record[labelIndex] as string);
      samples.push(toNumbers(record, labelIndex, `${path}: line ${info.lines}`));
    }
  } catch (cause) {
    if (cause instanceof HffError) throw cause;
    const code = cause instanceof CsvError ? 'data/malformed' : 'data/not-found';
    throw new HffError(code, `${path}: cannot be read (${cause})`, { cause });
  }
  if (names.length === 0) throw new HffError('data/empty', `${path}: holds no samples`);
  const classes = sortClasses(names, path);
  const index = new Map(classes.map((name, i) => [name, i]));
  const labels = Uint16Array.from(names, (name) => index.get(name) as number);
  const shape = sampleShape(samples.width, options.shape, path);
  return { inputs: samples.values(), labels, classes, ...shape };
}

const MAX_LINE_LENGTH = 2 ** 24;

interface Line {
  readonly record: string[];
  readonly info: InfoRecord;
}

function readRecords(path: string): AsyncIterable<Line> {
  const parser = parse({
    bom: true,
    trim: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: MAX_LINE_LENGTH,
  });
  // Errors reach whoever reads the records.
  return pipeline(createReadStream(path), parser, () => undefined);
}

function isHeader(record: readonly string[], labelColumn: CsvOptions['labelColumn']): boolean {
  const name = typeof labelColumn === 'string' ? labelColumn : 'label';
  return record.includes(name) || !record.some(isNumber);
}

function findLabel(
  header: readonly string[],
  columns: number,
  wanted: CsvOptions['labelColumn'],
  path: string,
): number {
  const index = typeof wanted === 'number' ? wanted : header.indexOf(wanted ?? 'label');
  if (wanted === undefined) return Math.max(0, index);
  if (Number.isInteger(index) && index >= 0 && index < columns) return index;
  const known = header.length > 0 ? header.join(', ') : `${columns} columns without a header line`;
  throw new HffError('data/labels', `${path}: has no label column ${wanted}; it has ${known}`);
}

function toNumbers(record: readonly string[], labelIndex: number, where: string): number[] {
  const numbers: number[] = [];
  for (let column = 0; column < record.length; column++) {
    if (column === labelIndex) continue;
    const cell = record[column] as string;
    const value = Number(cell);
    if (cell === '' || !Number.isFinite(value)) {
      throw new HffError(
        'data/malformed',
        `${where}, column ${column + 1}: expected a number, got "${cell.slice(0, 40)}"`,
      );
    }
    numbers.push(value);
  }
  return numbers;
}

function isNumber(cell: string): boolean {
  return cell !== '' && Number.isFinite(Number(cell));
}
