/**
 * What the page and the model's thread tell each other. The page knows these types and the methods of
 * {@link ModelThread}; the SDK runs in the thread alone, so drawing never waits for the model.
 */
import type { ClassCount, Classification, LayerVote, ModelSpec } from '@hff-edge/sdk';

export type { ModelThread } from './model-thread.ts';

/** A square of grey values, bright ink on a dark ground; an image as the SDK takes it. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What stands on the model's card. */
export interface ModelFacts {
  readonly spec: ModelSpec;
  readonly parameterCount: number;
}

export interface Reading extends Classification {
  readonly milliseconds: number;
}

export interface KnownClass extends ClassCount {
  /** Examples given here since the page was opened: those that can be taken back one by one. */
  readonly lessons: number;
}

/** Something that the model did when it was asked to. */
export interface Step {
  readonly done: 'learned' | 'corrected' | 'unlearned' | 'renamed' | 'forgot' | 'synced';
  /** The class in question, if it was one. */
  readonly label?: string;
  readonly milliseconds: number;
  /** What it adds to what other devices must be told; what they told, of `synced`. */
  readonly bytes: number;
}

export type SyncState =
  /** `off` is without an API key; `waiting` has something that the server does not. */
  | { readonly state: 'off' | 'waiting' | 'syncing' | 'offline' }
  /** `at` is in milliseconds since 1970, `version` that of the server's model. */
  | { readonly state: 'synced'; readonly at: number; readonly version: number }
  | { readonly state: 'refused'; readonly reason: string };

/** What changed, told as it happens. */
export interface News {
  /** All classes, when what is known changed here, in another tab or by sync. */
  readonly classes?: readonly KnownClass[];
  readonly sync?: SyncState;
  /** An exchange with the server that came about by itself. */
  readonly step?: Step;
  /** The model itself, when another took its place. */
  readonly facts?: ModelFacts;
}

/** Right decisions on the held-out digits. */
export interface Accuracy {
  /** 0 to 1. */
  readonly share: number;
  readonly classes: readonly {
    readonly label: string;
    readonly right: number;
    readonly of: number;
  }[];
}

/** A place on the unit sphere. */
export type Place = readonly [x: number, y: number, z: number];

/** Where classes and a sample lie. */
export interface SphereView {
  readonly classes: readonly { readonly label: string; readonly place: Place }[];
  readonly sample: Place | null;
  readonly votes: readonly LayerVote[];
}
