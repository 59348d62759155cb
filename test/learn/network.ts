/** Replicas over a bad network: messages arrive late, twice, out of order or never. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import type { Versions } from '../../sdk/src/learn/changes-since.ts';
import { knowledge, secondMoment, startState, type TaughtState } from './learned-states.ts';

type Traffic =
  | {
      readonly what: 'send';
      readonly who: number;
      readonly to: number;
      /** All, what the other lacks, or to everyone what was never sent before: a loss leaves a gap. */
      readonly content: 'all' | 'lacking' | 'unsent';
    }
  | {
      readonly what: 'deliver';
      readonly who: number;
      readonly pick: number;
      readonly fate: 'once' | 'again' | 'lost';
    }
  | { readonly what: 'restart'; readonly who: number };

/** Replicas and the bytes on their way to each of them. */
export class Network {
  readonly states: TaughtState[];
  /** Most changes that waited for a gap to be filled, over all. */
  mostAhead = 0;
  readonly #inboxes: Uint8Array[][];
  /** What each has sent to everyone. */
  readonly #sent: Versions[];

  constructor(count: number, dimension: number) {
    this.states = Array.from({ length: count }, (_, i) => startState(`device-${i}`, dimension));
    this.#inboxes = this.states.map(() => []);
    this.#sent = this.states.map(() => ({}));
  }

  at(index: number): TaughtState {
    return this.states[index % this.states.length] as TaughtState;
  }

  send(from: number, to: number, content: 'all' | 'lacking' | 'unsent'): void {
    const sender = from % this.states.length;
    const state = this.at(from);
    const known = { all: {}, lacking: this.at(to).versions(), unsent: this.#sent[sender] ?? {} };
    const bytes = writeChanges(state.changesSince(known[content]));
    const isForAll = content === 'unsent';
    this.#inboxes.forEach((inbox, i) => {
      if (isForAll || i === to % this.states.length) inbox.push(bytes);
    });
    if (isForAll) this.#sent[sender] = state.versions();
  }

  /** Any of the messages on their way: delivered, delivered but kept to come again, or lost. */
  deliver(to: number, pick: number, fate: 'once' | 'again' | 'lost'): void {
    const inbox = this.#inboxes[to % this.states.length] as Uint8Array[];
    const place = pick % Math.max(1, inbox.length);
    const bytes = fate === 'again' ? inbox[place] : inbox.splice(place, 1)[0];
    if (!bytes || fate === 'lost') return;
    const state = this.at(to);
    state.take(readChanges(bytes));
    expect(state.take(readChanges(bytes))).toBe(false);
    const parts = state.changesSince({}).replicas;
    this.mostAhead = Math.max(this.mostAhead, parts.filter(({ since }) => since > 0).length);
  }

  restart(index: number): void {
    const place = index % this.states.length;
    this.states[place] = this.at(place).restarted();
  }

  /** All are on line: each hears of each, by way of the first. */
  settle(): void {
    const [hub, ...others] = this.states as [TaughtState, ...TaughtState[]];
    for (const state of others) hub.merge(state);
    for (const state of others) state.merge(hub);
  }

  expectAgreement(): void {
    const [first, ...others] = this.states as [TaughtState, ...TaughtState[]];
    for (const other of others) {
      expect(knowledge(other)).toEqual(knowledge(first));
      expect(other.classes()).toEqual(first.classes());
      expect(secondMoment(other)).toEqual(secondMoment(first));
    }
  }
}

const send = fc.record({
  what: fc.constant('send' as const),
  who: fc.nat(9),
  to: fc.nat(9),
  content: fc.constantFrom(
    'all' as const,
    'lacking' as const,
    'unsent' as const,
    'unsent' as const,
  ),
});
const deliver = fc.record({
  what: fc.constant('deliver' as const),
  who: fc.nat(9),
  pick: fc.nat(99),
  fate: fc.constantFrom('once' as const, 'once' as const, 'again' as const, 'lost' as const),
});
const restart = fc.record({ what: fc.constant('restart' as const), who: fc.nat(9) });

export const traffic: fc.Arbitrary<Traffic> = fc.oneof(
  { weight: 3, arbitrary: send },
  { weight: 7, arbitrary: deliver },
  { weight: 1, arbitrary: restart },
);

export function carry(network: Network, event: Traffic): void {
  if (event.what === 'send') network.send(event.who, event.to, event.content);
  else if (event.what === 'deliver') network.deliver(event.who, event.pick, event.fate);
  else network.restart(event.who);
}
