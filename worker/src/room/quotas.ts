/** How much one model of one tenant may take. */
import { Problem } from '../http/problem.ts';
import type { AuditLog } from './audit-log.ts';

const quotas = {
  samplesPerDay: 100_000,
  classes: 1000,
  /** Of the room's database: journal, versions kept, audit log. */
  bytes: 256 * 1024 * 1024,
} as const;

const dayMs = 86_400_000;

/** @throws Problem `quota/exceeded` */
export function checkQuotas(
  log: AuditLog,
  databaseBytes: number,
  samples: number,
  classes: number,
): void {
  const today = log.samplesSince(Math.floor(Date.now() / dayMs) * dayMs);
  refuseAbove('samples a day (UTC)', quotas.samplesPerDay, today + samples);
  refuseAbove('classes', quotas.classes, classes);
  refuseAbove('bytes', quotas.bytes, databaseBytes);
}

function refuseAbove(what: string, most: number, wanted: number): void {
  if (wanted <= most) return;
  throw new Problem(
    'quota/exceeded',
    `Expected at most ${most} ${what} for one model, this would make ${wanted}. Nothing was changed.`,
  );
}
