import {Option} from 'commander';

const CHOICES = ['portable', 'tensorflow', 'webgpu', 'wasm', 'cpu'] as const;

/** `--backend`, the same for every command that computes. @param more what one of them takes besides */
export function backendOption(...more: readonly 'auto'[]): Option {
  const auto = more.length > 0 ? '; auto tries which is the fastest' : '';
  return new Option(
    '--backend <name>',
    `what computes; portable numbers agree on all machines, those of a backend are bound to it${auto}`,
  )
    .choices([...CHOICES, ...more])
    .default('portable');
}
