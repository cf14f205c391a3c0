import {fileURLToPath} from 'node:url';
import {type Peer, startPeer} from './peer.ts';

/** Where `make-pythons.sh` puts a library. */
function ofOwn(library: string): string {
  return fileURLToPath(new URL(`../../.work/python/${library}/bin/python`, import.meta.url));
}

/** Debian's python3, which has Debian's torch, may stand behind another one. */
const candidates: readonly (readonly [
  program: string,
  interpreters: readonly string[],
  ...options: string[],
])[] = [
  ['torch_peer.py', ['python3', '/usr/bin/python3']],
  ['torch_peer.py', [ofOwn('torch')], '--compile'],
  ['jax_peer.py', [ofOwn('jax')]],
  ['onnx_peer.py', [ofOwn('onnxruntime')]],
];

/** Every peer that is installed, the first that targets are for; none twice. */
export async function startPeers(): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  for (const [program, interpreters, ...options] of candidates) {
    for (const interpreter of interpreters) {
      const peer = await startPeer(interpreter, program, options);
      if (peer === undefined) continue;
      if (peers.some(({name}) => name === peer.name)) peer.close();
      else peers.push(peer);
      break;
    }
  }
  return peers;
}
