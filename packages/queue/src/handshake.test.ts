import {portable} from '@minefield/experiments/testing';
import type {Redis} from 'ioredis';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type RedisServer, redisPath, startRedis} from '../../../.ci/redis-server.ts';
import {connect} from './connect.ts';
import {type Handshake, type Peer, enrol, handshakeOf, queueName} from './handshake.ts';

describe.skipIf(redisPath === null)('a queue', () => {
  let server: RedisServer;
  let redis: Redis;
  let own: Handshake;

  beforeAll(async () => {
    server = await startRedis();
    redis = await connect(server.url);
    own = await handshakeOf(portable, 'redis');
  });

  afterAll(async () => {
    redis.disconnect();
    await server.remove();
  });

  const peer = (role: Peer['role'], machine: string, changes: Partial<Handshake> = {}): Peer => ({
    role,
    machine,
    workers: role === 'worker' ? 1 : 0,
    handshake: {...own, ...changes},
  });

  it('names every package that numbers depend on, its own runner among them', () => {
    expect(Object.keys(own.packages)).toEqual(
      expect.arrayContaining(['@minefield/experiments', '@minefield/landscape', '@minefield/svhn']),
    );
  });

  it.each<[string, Partial<Handshake>, RegExp]>([
    [
      'algorithms',
      {algorithms: {training: 99}},
      /expected a sweep of this version, got one on "old" with .*training algorithm 99 instead of \d+.*; install the same/,
    ],
    ['numerics', {numerics: 'wasm'}, /got one on "old" with numerics wasm instead of portable; /],
    ['data', {data: 'f'.repeat(64)}, /got one on "old" with data f+ instead of null; /],
    ['packages', {packages: {}}, /with @minefield\/experiments none instead of \d/],
  ])('lets no worker in beside a sweep of other %s, and says which', async (_, changes, says) => {
    const sweep = await enrol(redis, peer('enqueuer', 'old', changes));
    await expect(enrol(redis, peer('worker', 'new'))).rejects.toThrow(says);
    await sweep.leave();
    const worker = await enrol(redis, peer('worker', 'new'));
    expect(await worker.peers()).toEqual([peer('worker', 'new')]);
    await worker.leave();
    expect(queueName({...own, ...changes})).not.toBe(queueName(own));
  });

  it('lets no sweep in beside a worker of another version', async () => {
    const worker = await enrol(redis, peer('worker', 'there', {numerics: 'wasm'}));
    await expect(enrol(redis, peer('enqueuer', 'here'))).rejects.toThrow(
      /expected workers of this version, got one on "there" with numerics wasm instead of portable/,
    );
    await worker.leave();
  });

  it('says what others say of themselves on one line, shortly, and lets it steer no terminal', async () => {
    const machine = `\u001b]0;title\u0007${'x'.repeat(10_000)}`;
    const packages = Object.fromEntries(Array.from({length: 1000}, (_, i) => [`\u202e${i}`, '\n']));
    const sweep = await enrol(redis, peer('enqueuer', machine, {packages}));
    const said: unknown = await enrol(redis, peer('worker', 'new')).catch((error: Error) => error.message);
    await sweep.leave();
    expect(said).toMatch(/^[^\p{Cc}\p{Bidi_Control}]{200,1200}$/u);
    expect(said).toContain('got one on "\\u001b]0;title\\u0007xxx');
    expect(said).toContain('; install the same versions');
  });
});
