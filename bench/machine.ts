import {arch, cpus, platform, totalmem} from 'node:os';

/** The machine in words, and whom it was measured beside: what a ratio hangs on. */
export function machine(peers: readonly string[] = []): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    processors[0]?.model ?? 'unknown processor',
    `${processors.length} cores`,
    `${memory} GiB`,
    `${platform()} ${arch()}`,
    `Node ${process.versions.node}`,
    ...peers,
  ].join(', ');
}
