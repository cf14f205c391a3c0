import {expect, it} from 'vitest';
import {redisPath, startRedis} from '../../../.ci/redis-server.ts';
import {connect, describeUrl} from './connect.ts';

it.skipIf(redisPath === null)('a queue that cannot be reached says why, and never the password', async () => {
  const server = await startRedis({password: 'p@ss/word'});
  const {port} = server;
  const closed = await startRedis();
  await closed.remove();
  const messages = await Promise.all(
    [
      `redis://127.0.0.1:${port}`,
      `redis://:secret@127.0.0.1:${port}`,
      `rediss://:secret@127.0.0.1:${closed.port}`,
      `rediss://:secret@127.0.0.1:${port}`,
      'http://:secret@127.0.0.1',
      'secret',
    ].map((url) =>
      connect(url, {patience: 2}).then(
        () => 'connected',
        (error: Error) => `${error.message} ${String(error.cause)} ${error.stack}`,
      ),
    ),
  );
  await server.remove();
  expect(messages[0]).toMatch(
    /expected a Redis or Valkey at redis:.*got a refusal of the password \(NOAUTH\)/,
  );
  expect(messages[1]).toMatch(/got a refusal of the password \(WRONGPASS\)/);
  expect(messages[2]).toMatch(/at rediss:.*, got ECONNREFUSED; is it running/);
  expect(messages[3]).toMatch(
    /at rediss:.*, got no answer in 2 s; does it speak TLS there, as rediss:\/\/ wants, and are host,/,
  );
  expect(messages[4]).toMatch(/expected a URL such as redis/);
  for (const message of messages) expect(message).not.toContain('secret');
  expect(describeUrl('rediss://me:secret@host:1234/3')).toBe('rediss://host:1234/3');
});
