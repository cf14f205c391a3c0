import {type Model, mlp} from '@minefield/models';
import type {ModelSpec} from './spec.ts';

/** The network that a spec names, for points of the plane in two classes. */
export function modelOf(spec: ModelSpec): Model {
  return mlp({inputs: 2, hidden: spec.hidden, outputs: 1});
}
