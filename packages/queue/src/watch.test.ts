import {InputError} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {LossTally, Watch} from './watch.ts';
import type {Whereabouts} from './whereabouts.ts';

const MINUTE = 60_000;

/** A task in a place, with nothing that is wrong with it. */
const at = (place: Whereabouts['place'], changes: Partial<Whereabouts> = {}): Whereabouts => ({
  place,
  held: false,
  whole: true,
  delay: 0,
  failedReason: '',
  ...changes,
});

describe('a watch over a task', () => {
  it('misses what was in the queue, and nothing that was never there or was finished', () => {
    const watch = new Watch();
    expect(watch.lossOf(at('absent'), true, 0)).toBeUndefined();
    watch.enqueued();
    expect(watch.lossOf(at('waiting'), true, 0)).toBeUndefined();
    expect(watch.lossOf(at('absent'), true, 0)).toBe('gone from Redis');
    watch.finished();
    expect(watch.lossOf(at('active', {held: true}), true, 0)).toBeUndefined();
    expect(watch.lossOf(at('absent'), true, 0)).toBeUndefined();
    const other = new Watch();
    expect(other.lossOf(at('waiting'), true, 0)).toBeUndefined();
    expect(other.lossOf(at('absent'), true, 0)).toBe('gone from Redis');
  });

  it('lets a worker go on that holds the task, whatever else is lost', () => {
    for (const place of ['active', 'nowhere', 'delayed', 'waiting'] as const) {
      const found = at(place, {held: true, whole: false, delay: 1e9});
      expect(new Watch().lossOf(found, true, 0), place).toBeUndefined();
    }
  });

  it.each<[string, Whereabouts, string]>([
    ['is in no list', at('nowhere'), 'in no list of the queue'],
    ['has no payload', at('waiting', {whole: false}), 'whose payload was gone from Redis'],
    ['is put off by a day', at('delayed', {delay: 86_400_000}), 'put off for too long'],
    [
      'failed for a file that Redis lost',
      at('failed', {failedReason: 'queue.readBlob: the file 00 is gone from Redis'}),
      'whose file was gone from Redis',
    ],
  ])('has one enqueued anew that %s', (_, found, loss) => {
    expect(new Watch().lossOf(found, false, 0)).toBe(loss);
  });

  it('takes a failure for a failure', () => {
    expect(new Watch().lossOf(at('failed', {failedReason: 'no'}), true, 0)).toBeUndefined();
  });

  it.each(['active', 'delayed'] as const)(
    'gives workers the time to find one that is %s, and only where there are any',
    (place) => {
      const watch = new Watch();
      for (let minute = 0; minute < 10; minute++) {
        expect(watch.lossOf(at(place), false, minute * MINUTE)).toBeUndefined();
      }
      expect(watch.lossOf(at(place), true, 10 * MINUTE)).toBeUndefined();
      expect(watch.lossOf(at(place), true, 11 * MINUTE)).toBeUndefined();
      expect(watch.lossOf(at(place), true, 12 * MINUTE)).toBe('left behind by its worker');
      // Another one took it in between.
      expect(watch.lossOf(at('active', {held: true}), true, 12 * MINUTE)).toBeUndefined();
      expect(watch.lossOf(at(place), true, 13 * MINUTE)).toBeUndefined();
      expect(watch.lossOf(at(place), true, 15 * MINUTE)).toBe('left behind by its worker');
    },
  );

  it('comes to an end where a task is lost again and again, and says what happened', () => {
    const watch = new Watch();
    for (let loss = 0; loss < 20; loss++) watch.lose('gone from Redis');
    const lose = (): void => watch.lose('gone from Redis');
    expect(lose).toThrow(InputError);
    expect(lose).toThrow(/until it is done, got one that was lost 22 times, lastly gone from Redis; does/);
  });
});

it('losses are told in a line for each kind, once', () => {
  const tally = new LossTally();
  for (const loss of ['gone from Redis', 'in no list of the queue', 'gone from Redis']) tally.add(loss);
  expect(tally.take()).toEqual([
    '2 tasks gone from Redis: enqueued anew',
    '1 task in no list of the queue: enqueued anew',
  ]);
  expect(tally.take()).toEqual([]);
});
