import {arch, cpus, platform, totalmem} from 'node:os';

/** The machine in words: what a ratio was measured on. */
export function machine(torchVersion: string | undefined): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const peer = torchVersion === undefined ? 'no PyTorch' : `PyTorch ${torchVersion}`;
  return (
    `${processors[0]?.model ?? 'unknown processor'}, ${processors.length} cores, ${memory} GiB, ` +
    `${platform()} ${arch()}, Node ${process.versions.node}, ${peer}`
  );
}
