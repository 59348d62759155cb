/** Each method's decisions in all groups: the figures that most readers look for. */
import { methods } from '../runs.ts';
import { percent } from './columns.ts';
import { type Group, groupName, methodNames } from './figures.ts';
import type { Table } from './table.ts';

/** Test accuracy in %, a group per row and a method per column. */
export function overview(groups: readonly Group[]): Table {
  const shown = methods.filter((method) =>
    groups.some((group) => group.methods.some((figures) => figures.method === method)),
  );
  return {
    head: ['test accuracy, %', ...shown.map((method) => methodNames[method])],
    rows: groups.map((group) => [
      groupName(group),
      ...shown.map((method) =>
        percent(group.methods.find((figures) => figures.method === method)?.decision ?? null),
      ),
    ]),
  };
}
