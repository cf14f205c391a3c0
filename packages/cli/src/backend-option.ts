import {Option} from 'commander';

/** `--backend`, the same for every command that computes. */
export function backendOption(): Option {
  return new Option(
    '--backend <name>',
    'what computes; portable numbers agree on all machines, those of a backend are bound to it',
  )
    .choices(['portable', 'tensorflow', 'webgpu', 'wasm', 'cpu'])
    .default('portable');
}
