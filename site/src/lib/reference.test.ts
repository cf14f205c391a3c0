import {describe, expect, it} from 'vitest';
import type {ApiEntry} from '../api/api.ts';
import {addressOf, followLink, kindsOf, linkedCode} from './reference.ts';

const doc = {summary: '', returns: '', throws: [], examples: [], remarks: [], source: ''};
const entry = (of: string, name: string, more: Partial<ApiEntry> = {}): ApiEntry => ({
  package: of,
  name,
  kind: 'type',
  node: false,
  file: `packages/${of}/src/${name}.ts`,
  code: `interface ${name} {}`,
  doc,
  parameters: [],
  ...more,
});

const radii = entry('landscape', 'radii', {
  kind: 'function',
  code: "function radii(/** A Cutoff. */ at: Cutoff, how: 'Cutoff', of: Objective, name: Record): Verdict",
});
const entries = [
  radii,
  entry('landscape', 'Cutoff'),
  entry('spec', 'Cutoff'),
  entry('core', 'Objective'),
  entry('claims', 'Verdict'),
  entry('results', 'Verdict'),
  entry('backend', 'startBackend', {kind: 'function'}),
  entry('backend', 'startBackend', {kind: 'function', node: true}),
];

describe('the reference', () => {
  it('links types of the own package, and of others where one alone has the name', () => {
    const links = linkedCode(radii, entries).filter(({to}) => to !== undefined);
    expect(links).toEqual([
      {text: 'Cutoff', to: 'api/landscape.html#Cutoff'},
      {text: 'Objective', to: 'api/core.html#Objective'},
    ]);
    expect(
      linkedCode(radii, entries)
        .map(({text}) => text)
        .join(''),
    ).toBe(radii.code);
  });

  it('lists a package by kind, and keeps namesakes for Node apart', () => {
    const kinds = kindsOf(entries, 'backend');
    expect(kinds.map(({title}) => title)).toEqual(['Functions']);
    expect(kinds[0]?.entries.map(addressOf)).toEqual([
      'api/backend.html#startBackend',
      'api/backend.html#node-startBackend',
    ]);
  });

  it('follows a link to what a package hands on, and refuses one that leads nowhere', () => {
    expect(followLink('api:landscape#Cutoff', entries)).toBe('api/landscape.html#Cutoff');
    expect(followLink('api:experiments#Objective', entries)).toBe('api/core.html#Objective');
    expect(() => followLink('api:core#Nothing', entries)).toThrow(
      /expected a link to an export, got "api:core#Nothing"/,
    );
  });
});
