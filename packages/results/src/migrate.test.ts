import {describe, expect, it} from 'vitest';
import {migrateRecord, type Migrations} from './migrate.ts';
import {parseRecord} from './parse-record.ts';
import {syntheticRun} from './testing/index.ts';

const steps: Migrations = {
  1: ({length, ...rest}) => ({...rest, size: length}),
  2: (record) => ({...record, size: Number(record['size']) * 2}),
};

describe('migrateRecord', () => {
  it('applies each step from the old version on, and raises the version', () => {
    expect(migrateRecord({schemaVersion: 1, length: 4}, 'x', steps, 3)).toEqual({schemaVersion: 3, size: 8});
    expect(migrateRecord({schemaVersion: 2, size: 4}, 'x', steps, 3)).toEqual({schemaVersion: 3, size: 8});
  });

  it('leaves the current version, and what has none, as it is', () => {
    const current = Object.freeze({schemaVersion: 3, size: 4});
    expect(migrateRecord(current, 'x', steps, 3)).toBe(current);
    for (const value of [null, 3, [], {}, {schemaVersion: 'one'}]) {
      expect(migrateRecord(value, 'x', steps, 3)).toBe(value);
    }
  });

  it('does not change the old record', () => {
    const old = Object.freeze({schemaVersion: 1, length: 4});
    migrateRecord(old, 'x', steps, 3);
    expect(old).toEqual({schemaVersion: 1, length: 4});
  });

  it('refuses a gap in the chain', () => {
    expect(() => migrateRecord({schemaVersion: 0}, 'x.json', steps, 3)).toThrow(
      'x.json is no valid record: schemaVersion: no way to read version 0; run the experiment again',
    );
  });

  it('refuses a record from the future with the way out', () => {
    expect(() => parseRecord({...syntheticRun(), schemaVersion: 7}, 'x.json')).toThrow(
      'written by a newer Minefield (this one reads versions up to 1, got 7); update it',
    );
  });
});
