import ts from 'typescript';
import {expect, it} from 'vitest';
import {declarationText} from './declaration-text.ts';

function textOf(source: string): string {
  const file = ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true);
  const [statement] = file.statements;
  if (statement === undefined) throw new Error('expected a statement, got none');
  const declaration = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations[0]
    : (statement as ts.Node as ts.Declaration);
  if (declaration === undefined) throw new Error('expected a declaration, got none');
  return declarationText(declaration);
}

it('shows functions without bodies, and constants by their types', () => {
  expect(textOf('export async function f(a: number, {b = 1}: {b?: number} = {}): Promise<void> { a; }')).toBe(
    'async function f(a: number, {b = 1}: {b?: number} = {}): Promise<void>',
  );
  expect(textOf('export const limit: number = 2 ** 20;')).toBe('const limit: number');
  expect(textOf('export const schema = z.string();')).toBe('const schema = z.string()');
  expect(textOf("export type A = 'a' | 'b';")).toBe("type A = 'a' | 'b'");
});

it('shows of a class what others may use, with its comments', () => {
  const source = [
    'export class Stream<T> extends Base implements Other {',
    '  readonly #words: number[] = [];',
    '  private kept = 1;',
    '  /** Where it stands. */',
    "  readonly name: string = 'a';",
    '  constructor(state: T) { super(); }',
    '  next(): T { return this.state; }',
    '}',
  ].join('\n');
  expect(textOf(source).split('\n')).toEqual([
    'class Stream<T> extends Base implements Other {',
    '  /** Where it stands. */',
    '  readonly name: string;',
    '  constructor(state: T);',
    '  next(): T;',
    '}',
  ]);
});
