import {InputError} from '@minefield/core';
import {expect, it} from 'vitest';
import {claimsSchema, parseClaims} from './claim.ts';

const claim = {
  id: 8,
  experiment: 'svhn',
  title: 'Sharper',
  paper: 'sharper',
  ours: 'sharper',
  criterion: 'sharper',
  verdict: 'pass',
  records: [],
};

it('takes a claim on several experiments, and several claims on one', () => {
  const claims = [claim, {...claim, experiment: 'digits'}, {...claim, id: 9}];
  expect(parseClaims({claims}, 'claims.json').claims).toEqual(claims);
});

it('refuses a claim that is made twice of one experiment, and says where', () => {
  const claims = [claim, {...claim, id: 9}, {...claim, verdict: 'fail'}];
  expect(() => parseClaims({claims}, 'claims.json')).toThrow(InputError);
  expect(() => parseClaims({claims}, 'claims.json')).toThrow(
    /in claims\.json, got:\n {2}claims\[2\]: expected each claim once for each experiment, got claim 8 of "svhn" again/,
  );
  expect(claimsSchema.safeParse({claims}).success).toBe(false);
});

it('refuses more claims than anybody makes by their number alone, without a look at each', () => {
  const claims = Array.from({length: 1001}, () => ({}));
  const {error} = claimsSchema.safeParse({claims});
  expect(error?.issues).toHaveLength(1);
  expect(() => parseClaims({claims}, 'claims.json')).toThrow(
    /claims: expected at most 1000 entries, got an array of 1001/,
  );
});
