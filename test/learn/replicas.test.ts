/** Many replicas over a bad network, which start again from what they stored, agree in the end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { drawRows, expectSameTotals, startState } from './learned-states.ts';
import { carry, Network, traffic } from './network.ts';
import { anyStep, takeStep } from './steps.ts';

describe('replicas', () => {
  const sizes = {
    count: fc.integer({ min: 5, max: 10 }),
    dimension: fc.integer({ min: 3, max: 8 }),
  };

  it('agree in the end, bit by bit, whatever each of them did', () => {
    const operation = fc.record({
      what: fc.constant('step' as const),
      who: fc.nat(9),
      step: anyStep,
    });
    const plan = fc.record({
      ...sizes,
      events: fc.array(fc.oneof(operation, operation, traffic), {
        minLength: 50,
        maxLength: 250,
        size: 'max',
      }),
    });
    let gaps = 0;
    fc.assert(
      fc.property(plan, ({ count, dimension, events }) => {
        const network = new Network(count, dimension);
        for (const event of events) {
          if (event.what !== 'step') carry(network, event);
          else if (event.step.kind !== 'merge') takeStep(network.at(event.who), event.step);
        }
        gaps += network.mostAhead;
        network.settle();
        network.expectAgreement();
      }),
      { seed: 1, numRuns: 150 },
    );
    expect(gaps).toBeGreaterThan(30);
  });

  it('know what one would know that had learned everything', () => {
    const lesson = fc.record({
      what: fc.constantFrom(
        'learn' as const,
        'learn' as const,
        'forget' as const,
        'relabel' as const,
      ),
      who: fc.nat(9),
      label: fc.nat(3),
      pick: fc.nat(999),
    });
    const season = fc.record({
      events: fc.array(fc.oneof(lesson, lesson, traffic), { maxLength: 80 }),
      // Between seasons, when all agree: what concerns a class as a whole.
      change: fc.constantFrom('forgetClass' as const, 'renameClass' as const, 'nothing' as const),
      label: fc.nat(9),
      who: fc.nat(9),
    });
    const plan = fc.record({
      ...sizes,
      seed: fc.nat(),
      seasons: fc.array(season, { maxLength: 4 }),
    });
    const outcomes = { learned: 0, forgotten: 0, refused: 0 };
    fc.assert(
      fc.property(plan, ({ count, dimension, seed, seasons }) => {
        const network = new Network(count, dimension);
        const random = new Random(seed);
        const one = startState('one', dimension);
        /** What should be known in the end, each sample once. */
        let learned: { label: string; row: Float32Array }[] = [];
        const labels = ['zero', 'two', 'three', 'four'];

        for (const [n, { events, change, label, who }] of seasons.entries()) {
          for (const event of events) {
            if (event.what === 'send' || event.what === 'deliver' || event.what === 'restart') {
              carry(network, event);
              continue;
            }
            const state = network.at(event.who);
            const to = labels[event.label] as string;
            if (event.what === 'learn') {
              const row = drawRows(random, 1, dimension)[0] as Float32Array;
              state.learn(to, row);
              learned.push({ label: to, row });
              outcomes.learned++;
              continue;
            }
            const sample = learned[event.pick % Math.max(1, learned.length)];
            if (!sample) continue;
            try {
              if (event.what === 'forget') state.forget(sample.label, sample.row);
              else state.relabel(sample.row, sample.label, to);
            } catch (error) {
              // It has not heard of the sample yet.
              expect(error).toBeInstanceOf(HffError);
              outcomes.refused++;
              continue;
            }
            outcomes.forgotten++;
            learned = learned.filter((other) => other !== sample);
            if (event.what === 'relabel') learned.push({ label: to, row: sample.row });
          }

          network.settle();
          const known = one.classes().map((total) => total.label);
          const own = [...new Set([...known, ...learned.map((sample) => sample.label)])];
          const target = own[label % Math.max(1, own.length)];
          // All of them may be forgotten by now.
          if (target === undefined) continue;
          if (change === 'forgetClass') {
            network.at(who).forgetClass(target);
            if (known.includes(target)) one.forgetClass(target);
            learned = learned.filter((sample) => sample.label !== target);
          } else if (change === 'renameClass') {
            network.at(who).renameClass(target, `season ${n}`);
            if (known.includes(target)) one.renameClass(target, `season ${n}`);
            learned = learned.map((sample) =>
              sample.label === target ? { ...sample, label: `season ${n}` } : sample,
            );
          }
          network.settle();
        }

        network.settle();
        network.expectAgreement();
        for (const { label, row } of learned) one.learn(label, row);
        expectSameTotals(network.at(0), one);
      }),
      { seed: 2, numRuns: 150 },
    );
    for (const outcome of Object.values(outcomes)) expect(outcome).toBeGreaterThan(30);
  });
});
