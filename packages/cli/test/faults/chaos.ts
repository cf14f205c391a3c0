/**
 * `pnpm chaos [--json] [--seed n] [--rounds n] [--only text]`: breaks sweeps in every way that the tests know, more often, and
 * holds what comes of each against a quiet sweep. Exit code 1 where anything was lost, duplicated, different or left over.
 */
import {parseArgs} from 'node:util';
import {faultKinds} from './faults.ts';
import {Ground} from './ground.ts';

interface Row {
  readonly name: string;
  readonly faults: number;
  readonly sweeps: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly differing: number;
  readonly stray: number;
}

const {values: options} = parseArgs({
  options: {
    json: {type: 'boolean', default: false},
    seed: {type: 'string', default: '1'},
    rounds: {type: 'string', default: '11'},
    only: {type: 'string', default: ''},
  },
});
const start = performance.now();
const ground = new Ground(Number(options.seed));
const say = (line: string): void => console.error(line);
const kinds: Row[] = [];
try {
  await ground.makeReference();
  for (const [name, fault] of Object.entries(faultKinds)) {
    if (!name.includes(options.only)) continue;
    const began = performance.now();
    const outcome = await fault(ground, Number(options.rounds));
    if (outcome === null) {
      say(`${name}: left out, for this machine does not allow it`);
      continue;
    }
    const verdicts = outcome.folders.map((folder) => ground.judge(folder));
    const sum = (key: 'lost' | 'duplicated' | 'differing'): number =>
      verdicts.reduce((total, verdict) => total + verdict[key], 0);
    const row: Row = {
      name,
      faults: outcome.faults,
      sweeps: outcome.folders.length,
      lost: sum('lost'),
      duplicated: sum('duplicated'),
      differing: sum('differing'),
      stray: verdicts.flatMap(({stray}) => stray).length,
    };
    kinds.push(row);
    say(
      `${name}: ${row.faults} faults, ${row.lost} lost, ${row.duplicated} duplicated, ${row.differing} differing, ` +
        `${row.stray} stray files (${((performance.now() - began) / 1000).toFixed(0)} s)`,
    );
  }
} finally {
  await ground.clear();
}
const total = (key: 'faults' | 'lost' | 'duplicated' | 'differing' | 'stray'): number =>
  kinds.reduce((sum, row) => sum + row[key], 0);
const summary = {
  seed: Number(options.seed),
  faults: total('faults'),
  lost: total('lost'),
  duplicated: total('duplicated'),
  differing: total('differing'),
  stray: total('stray'),
  seconds: Math.round((performance.now() - start) / 1000),
  kinds,
};
say('');
if (options.json) console.log(JSON.stringify(summary, null, 2));
else
  console.log(
    `${summary.faults} faults: ${summary.lost} lost, ${summary.duplicated} duplicated, ${summary.differing} differing`,
  );
if (summary.lost + summary.duplicated + summary.differing + summary.stray > 0) process.exitCode = 1;
