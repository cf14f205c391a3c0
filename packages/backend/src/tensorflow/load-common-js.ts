import {readFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {compileFunction} from 'node:vm';

/**
 * Loads a CommonJS module, and the modules beside it that it requires, with what is given in the place of every other. Node
 * would look for those where the file lies; these are to be the very ones that the caller has.
 *
 * @param path of the module, with its extension
 * @param given what `require` returns, by the name that is required
 * @param loaded exports of the modules that were loaded before, by path
 * @throws {Error} where a module asks for one that is neither given nor there
 */
export function loadCommonJs(
  path: string,
  given: Readonly<Record<string, unknown>>,
  loaded: Map<string, unknown>,
): unknown {
  if (loaded.has(path)) return loaded.get(path);
  const module: {exports: unknown} = {exports: {}};
  loaded.set(path, module.exports);
  const require = (name: string): unknown =>
    name in given ? given[name] : loadCommonJs(`${resolve(dirname(path), name)}.js`, given, loaded);
  const run = compileFunction(readFileSync(path, 'utf8'), ['exports', 'require', 'module'], {filename: path});
  run(module.exports, require, module);
  loaded.set(path, module.exports);
  return module.exports;
}
