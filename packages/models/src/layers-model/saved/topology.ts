import {checkGraph} from './check-graph.ts';
import {type JsonObject, isObject, property, refuse, shown} from './refuse.ts';

/** Deep enough for models in models in wrappers. */
const MOST_LEVELS = 60;

/** Arrays, objects and plain values. The largest networks have some ten thousand. */
const MOST_VALUES = 200_000;

/** Lengths, counts and other settings of layers are far below. */
const LARGEST_NUMBER = 2 ** 31;

/**
 * What is left out of every layer: where training began, what it was penalized for, what it was held to. None of it says what the
 * model computes, and constraints would be applied to the weights once more.
 */
const OF_TRAINING = /_?(?:initializer|regularizer|constraint)$/i;

/** What means something else than a key to JavaScript. */
const UNSAFE = ['__proto__', 'constructor', 'prototype'];

/**
 * The topology of a saved model, a class and its configuration, without what concerns training alone.
 *
 * @param topology of TensorFlow.js (`modelTopology`), which of a converted Keras model holds it as `model_config`
 * @param isKnown whether TensorFlow.js Layers has a class of that name
 * @throws {InputError} when it is none, is larger or deeper than any, or has a layer of another class
 */
export function checkedTopology(topology: unknown, isKnown: (className: string) => boolean): JsonObject {
  const config = property(topology, 'model_config') ?? topology;
  let left = MOST_VALUES;
  const copy = (value: unknown, level: number): unknown => {
    left -= 1;
    if (left < 0) refuse(`a topology of at most ${MOST_VALUES} values`, 'more', 'measure a smaller model');
    if (level > MOST_LEVELS) refuse(`a topology of at most ${MOST_LEVELS} levels`, 'more');
    if (typeof value === 'number' && !(Math.abs(value) < LARGEST_NUMBER)) {
      refuse(`numbers below ${LARGEST_NUMBER} in the topology`, shown(value));
    }
    if (Array.isArray(value)) return (value as unknown[]).map((entry) => copy(entry, level + 1));
    if (!isObject(value)) return value;
    requireKnown(value, isKnown);
    requireKeys(Object.keys(value));
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !OF_TRAINING.test(key))
        .map(([key, entry]) => [key, copy(entry, level + 1)]),
    );
  };
  if (!isObject(config) || (!isObject(config['config']) && !Array.isArray(config['config']))) {
    refuse(
      'a class and its config as "modelTopology"',
      shown(config),
      'save the model with model.save, or convert it with tensorflowjs_converter --output_format tfjs_layers_model',
    );
  }
  return copy(config, 0) as JsonObject;
}

/** TensorFlow.js reads `class_name` and `className` alike; what is checked must be what it reads. */
function requireKeys(keys: readonly string[]): void {
  const unsafe = keys.find((key) => UNSAFE.includes(key) || /[A-Z]/.test(key));
  if (unsafe !== undefined) refuse('names of settings such as class_name in the topology', shown(unsafe));
}

function requireKnown(value: JsonObject, isKnown: (className: string) => boolean): void {
  const className = property(value, 'class_name');
  if (className === undefined) return;
  if (typeof className === 'string' && isKnown(className)) {
    if (className === 'Model' || className === 'Functional') checkGraph(property(value, 'config'));
    return;
  }
  const name = property(property(value, 'config'), 'name');
  refuse(
    'layers of TensorFlow.js Layers',
    `the class ${shown(className)}${typeof name === 'string' ? ` of ${shown(name)}` : ''}`,
    'measure a model with layers of its own where it is, with --evaluator, or from a program, with objectiveFromLayersModel',
  );
}
