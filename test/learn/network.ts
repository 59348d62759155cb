/** Replicas over a bad network: states arrive late, twice, out of order or never. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { LearnedData } from '../../sdk/src/learn/learned-data.ts';
import { LearnedState } from '../../sdk/src/learn/learned-state.ts';
import { knowledge, secondMoment, startState } from './learned-states.ts';

type Traffic =
  | { readonly what: 'send'; readonly who: number; readonly to: number }
  | {
      readonly what: 'deliver';
      readonly who: number;
      readonly pick: number;
      readonly fate: 'once' | 'again' | 'lost';
    }
  | { readonly what: 'restart'; readonly who: number };

/** Replicas and the states on their way to each of them. */
export class Network {
  readonly states: LearnedState[];
  readonly #inboxes: LearnedData[][];

  constructor(count: number, dimension: number) {
    this.states = Array.from({ length: count }, (_, i) => startState(`device-${i}`, dimension));
    this.#inboxes = this.states.map(() => []);
  }

  at(index: number): LearnedState {
    return this.states[index % this.states.length] as LearnedState;
  }

  send(from: number, to: number): void {
    const inbox = this.#inboxes[to % this.states.length] as LearnedData[];
    inbox.push(structuredClone(this.at(from).data()));
  }

  /** Any of the states on their way: delivered, delivered but kept to come again, or lost. */
  deliver(to: number, pick: number, fate: 'once' | 'again' | 'lost'): void {
    const inbox = this.#inboxes[to % this.states.length] as LearnedData[];
    const place = pick % Math.max(1, inbox.length);
    const data = fate === 'again' ? inbox[place] : inbox.splice(place, 1)[0];
    if (data && fate !== 'lost') this.at(to).merge(LearnedState.from(structuredClone(data)));
  }

  restart(index: number): void {
    const place = index % this.states.length;
    this.states[place] = LearnedState.from(structuredClone(this.at(place).data()));
  }

  /** All are on line: each hears of each, by way of the first. */
  settle(): void {
    const [hub, ...others] = this.states as [LearnedState, ...LearnedState[]];
    for (const state of others) hub.merge(state);
    for (const state of others) state.merge(hub);
  }

  expectAgreement(): void {
    const [first, ...others] = this.states as [LearnedState, ...LearnedState[]];
    for (const other of others) {
      expect(knowledge(other)).toEqual(knowledge(first));
      expect(other.classes()).toEqual(first.classes());
      expect(secondMoment(other)).toEqual(secondMoment(first));
    }
  }
}

export const traffic: fc.Arbitrary<Traffic> = fc.oneof(
  fc.record({ what: fc.constant('send' as const), who: fc.nat(9), to: fc.nat(9) }),
  fc.record({
    what: fc.constant('deliver' as const),
    who: fc.nat(9),
    pick: fc.nat(99),
    fate: fc.constantFrom('once' as const, 'once' as const, 'again' as const, 'lost' as const),
  }),
  fc.record({ what: fc.constant('restart' as const), who: fc.nat(9) }),
);
export function carry(network: Network, event: Traffic): void {
  if (event.what === 'send') network.send(event.who, event.to);
  else if (event.what === 'deliver') network.deliver(event.who, event.pick, event.fate);
  else network.restart(event.who);
}
