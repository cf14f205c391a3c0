/**
 * `prepack` of every package, called in its folder by `npm pack`, `pnpm pack` and `pnpm publish`: what its published
 * manifest names has to be there. Without it, packing before a build gives a package of a README alone. Plain
 * JavaScript, for whatever Node packs.
 */
import {existsSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const missing = targetsOf([manifest.publishConfig?.exports, manifest.bin]).filter(
  (path) => !existsSync(path),
);
if (missing.length > 0) {
  console.error(
    `prepack: expected ${missing[0]} in packages/${basename(process.cwd())}, got none; run \`pnpm build\` first.`,
  );
  process.exitCode = 1;
}

/** Paths at the ends of a tree of conditions. */
function targetsOf(tree) {
  if (typeof tree === 'string') return [tree];
  return Object.values(tree ?? {}).flatMap(targetsOf);
}
