import {describe, expect, it} from 'vitest';
import {tinyMinefield} from '../testing/tiny-minefield.ts';
import {tinySpec} from '../testing/tiny-spec.ts';
import {expandSpec} from './expand.ts';
import {parseJobFilter, selectJobs} from './select-jobs.ts';
import {kindOf} from './job.ts';
import {portable} from '../testing/portable.ts';

const jobs = expandSpec(tinySpec, portable);
const asked = (...filters: string[]): string[] =>
  jobs.filter(parseJobFilter(filters)).map((job) => `${kindOf(job)} ${job.seed} ${job.poisonFactor}`);

describe('parseJobFilter', () => {
  it('takes commas for alternatives, and wants every filter met', () => {
    expect(asked('run', 'seed=1')).toEqual(['run 1 0', 'run 1 0.8']);
    expect(asked('margin,basin', 'seed=2', 'poison=0.8')).toEqual(['basin 2 0.8', 'margin 2 0.8']);
    expect(asked('run', 'poison=0,0.8', 'seed=1,2')).toHaveLength(4);
    expect(asked()).toHaveLength(jobs.length);
  });

  it('takes ranges with both ends', () => {
    expect(asked('run', 'seed=1..2', 'poison=0.1..0.8')).toEqual(['run 1 0.8', 'run 2 0.8']);
    expect(asked('run', 'poison=0..7e-1')).toHaveLength(2);
  });

  it.each(['seed=', 'seed=x', 'seed=3..1', 'level=1', 'Basin', '', 'seed=1,basin'])(
    'refuses "%s"',
    (filter) => {
      expect(() => parseJobFilter([filter])).toThrow(/expected kinds such as run,basin, or seed= or poison=/);
    },
  );
});

describe('selectJobs', () => {
  it('takes along what the chosen jobs read, and nothing else', () => {
    const chosen = selectJobs(jobs, parseJobFilter(['margin', 'seed=1']));
    expect(chosen.map(kindOf)).toEqual(['run', 'margin', 'run', 'margin']);
    const mapped = selectJobs(expandSpec(tinyMinefield, portable), parseJobFilter(['minefield']));
    expect(mapped.map(kindOf)).toEqual(['run', 'search', 'search', 'minefield']);
  });
});
