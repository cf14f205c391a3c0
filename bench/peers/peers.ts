import {fileURLToPath} from 'node:url';
import {type Peer, SYSTEM, startPeer} from './peer.ts';

/** Where `make-pythons.sh` puts a library. */
export function ofOwn(library: string): string {
  return fileURLToPath(new URL(`../../.work/python/${library}/bin/python`, import.meta.url));
}

const candidates: readonly (readonly [
  program: string,
  interpreters: readonly string[],
  ...options: string[],
])[] = [
  ['torch_peer.py', SYSTEM],
  ['torch_peer.py', [ofOwn('torch')], '--compile'],
  ['jax_peer.py', [ofOwn('jax')]],
  ['onnx_peer.py', [ofOwn('onnxruntime')]],
];

/** Every peer that is installed, the first that targets are for; none twice. */
export async function startPeers(): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  for (const [program, interpreters, ...options] of candidates) {
    const peer = await startPeer(interpreters, program, options);
    if (peer === undefined) continue;
    if (peers.some(({name}) => name === peer.name)) peer.close();
    else peers.push(peer);
  }
  return peers;
}
