/** What a deployment may bind besides what it must. */
import type { Caller } from '../auth/caller.ts';

interface OptionalBindings {
  /** Requests a minute, by key or address. */
  readonly LIMITER?: RateLimit;
  /** One data point a request. */
  readonly METRICS?: AnalyticsEngineDataset;
  /** Origins of pages that may call, separated by spaces; all by default. */
  readonly ALLOWED_ORIGINS?: string;
}

export interface AppEnv {
  readonly Bindings: Env & OptionalBindings;
  readonly Variables: { readonly caller: Caller; readonly requestId: string };
}
