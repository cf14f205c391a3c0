import {experiments, svhnProfiles, toyProfiles} from '@minefield/spec';
import {describe, expect, it} from 'vitest';
import type {LabExperiment} from '../data/lab-file.ts';
import {runCommand} from './command.ts';
import {settingsOf} from './configuration.ts';
import {sharesAbove} from './shares-above.ts';

const toy: LabExperiment = {
  name: 'toy',
  title: 'Toy',
  profile: 'full',
  builtIn: true,
  dataLabel: null,
  record: '',
  halfWidth: null,
  spec: toyProfiles.full,
};
const portable = {seed: 3, poisonFactor: 0.00008, numerics: 'portable'};

describe('runCommand', () => {
  it('asks for one run of what ships, by its profile', () => {
    expect(runCommand(toy, portable)).toBe(
      'minefield run toy --profile full --only seed=3 --only poison=0.00008 --out my-results',
    );
    expect(experiments['toy']?.['full']).toBeDefined();
  });

  it('names the spec of another, the images of SVHN, and numerics that are bound to a backend', () => {
    const svhn = {
      ...toy,
      name: 'mine',
      builtIn: false,
      spec: Object.values(svhnProfiles)[0] ?? toyProfiles.full,
    };
    expect(runCommand({...svhn, dataLabel: 'grey, unofficial'}, {...portable, numerics: 'webgpu'})).toBe(
      'minefield run mine.json --data train_32x32.mat --allow-unofficial --backend webgpu --only seed=3 --only poison=0.00008 --out my-results',
    );
  });
});

describe('settingsOf', () => {
  it('lays nested settings side by side, and says which differ', () => {
    const settings = settingsOf([
      {seed: 1, model: {hidden: [3, 4]}, recipe: {steps: 10}},
      {seed: 2, model: {hidden: [3, 4]}, recipe: {steps: 10, clip: 8}},
    ]);
    expect(settings).toEqual([
      {name: 'seed', values: ['1', '2'], differs: true},
      {name: 'model.hidden', values: ['3, 4', '3, 4'], differs: false},
      {name: 'recipe.steps', values: ['10', '10'], differs: false},
      {name: 'recipe.clip', values: [null, '8'], differs: true},
    ]);
  });
});

describe('sharesAbove', () => {
  it('falls by each weight at its eigenvalue, from all of the positive ones', () => {
    expect(sharesAbove([-1, 0, 1, 10], [0.2, 0.3, 0.4, 0.1])).toEqual([
      [1, 0.5],
      [1, 0.1],
      [10, 0.1],
    ]);
    expect(sharesAbove([], [])).toEqual([]);
  });
});
