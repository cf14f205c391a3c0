import {experiments} from '@minefield/spec';
import {expect, it} from 'vitest';
import {loadSpec} from './load-spec.ts';

it('takes the smallest size of an experiment where none is named', async () => {
  for (const [name, profiles] of Object.entries(experiments)) {
    const {recipe, seeds, poisonFactors} = await loadSpec(name, undefined);
    for (const other of Object.values(profiles)) {
      expect(recipe.steps * seeds.length * poisonFactors.length, name).toBeLessThanOrEqual(
        other.recipe.steps * other.seeds.length * other.poisonFactors.length,
      );
    }
  }
});

it('names the sizes of an experiment where an unknown one is asked for', async () => {
  await expect(loadSpec('svhn', 'quick')).rejects.toThrow(
    'unknown --profile "quick" of svhn; choose one of cpu, full',
  );
});
