/**
 * Closes every way to the network from this process, and from those of Node that it starts:
 *
 *     NODE_OPTIONS=--import=.ci/closed-sockets.ts MINEFIELD_ATTEMPTS=file node …
 *
 * Whoever tries one is refused, and written down in the file: a refusal alone might be caught by whoever asked. Loopback counts too.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import {appendFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

const file = process.env['MINEFIELD_ATTEMPTS'];
if (file === undefined) throw new Error('closed-sockets: expected a file in MINEFIELD_ATTEMPTS, got none');

/** Puts a refusal in place of some functions of an object. */
function close(what: string, owner: object, names: readonly string[]): void {
  for (const name of names) {
    // No arrow, so that it is refused as a constructor too.
    const refuse = function (): never {
      const attempt = `${what}.${name} in ${process.argv.slice(1).join(' ')}`;
      appendFileSync(file ?? '', `${attempt}\n`);
      throw new Error(`closed-sockets: expected no way to the network, got ${attempt}`);
    };
    Object.defineProperty(owner, name, {value: refuse, writable: true, configurable: true});
  }
}

const lookups = [...Object.keys(dns.promises), ...Object.keys(dns)].filter((name) =>
  /^(?:lookup|resolve|reverse)/.test(name),
);
// All streams pass through here, those of http, https, http2, fetch and WebSocket too: those first, so that the file says who it was.
close('globalThis', globalThis, ['fetch', 'WebSocket', 'EventSource']);
close('net.Socket', net.Socket.prototype, ['connect']);
close('net.Server', net.Server.prototype, ['listen']);
close('tls', tls, ['connect']);
close('dgram.Socket', dgram.Socket.prototype, ['bind', 'connect', 'send']);
close('dns', dns, lookups);
close('dns.promises', dns.promises, lookups);
syncBuiltinESMExports();
