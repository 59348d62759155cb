/** What the page shows, in one place; parts of it are drawn anew when what they read changes. */
import { computed, signal } from '@preact/signals';
import type {
  GreyImage,
  KnownClass,
  ModelFacts,
  Reading,
  Step,
  SyncState,
} from '../model-thread/protocol.ts';

/** The model's thread: being loaded, at work, or without a model. */
export const phase = signal<'loading' | 'ready' | 'failed'>('loading');
/** Why there is no model. */
export const failure = signal('');
export const facts = signal<ModelFacts | null>(null);

export const mode = signal<'draw' | 'camera'>('draw');
/** What is on the pad or before the camera; null where that is nothing. */
export const subject = signal<GreyImage | null>(null);
/** What the model makes of it. */
export const reading = signal<Reading | null>(null);
/** Whether the pen or the camera moves: a screen reader would never come to an end. */
export const isMoving = signal(false);
/** As what this very drawing was taught. */
export const taughtAs = signal<string | null>(null);

export const classes = signal<readonly KnownClass[]>([]);
export const lessons = computed(() => classes.value.reduce((sum, each) => sum + each.lessons, 0));
/** The last of each kind, the newest first. */
export const steps = signal<readonly Step[]>([]);
export const sync = signal<SyncState>({ state: 'off' });
export const isOnline = signal(navigator.onLine);
/** What went wrong last, in words; empty when something went well since. */
export const notice = signal('');
