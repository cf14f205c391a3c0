import {GRAPH, MODEL, type Model} from './graph/graph.ts';
import {type ExternalFiles, RAW_DATA, type Tensor, externalBytes, saysWhere} from './graph/tensor.ts';
import {inputField, renamedField} from './graph/value-info.ts';
import type {Output} from './objective/output.ts';
import type {Parameter} from './parameters/find-parameters.ts';
import type {Field} from './protobuf/read-fields.ts';
import {bytesField, joined} from './protobuf/write-fields.ts';

/**
 * The model with its parameters no longer among the tensors that it carries, which no runtime lets JavaScript override, but among
 * the inputs of its graph, which are fed anew with each evaluation. The rest of its bytes stays as it is, but for tensors in files
 * beside it, which are brought in, and for its outputs, of which one is kept.
 */
export function liftParameters(
  {fields, graphField, graph}: Model,
  parameters: readonly Parameter[],
  output: Output,
  files: ExternalFiles,
): Uint8Array<ArrayBuffer> {
  const lifted = new Set(parameters.map(({field}) => field));
  const named = new Set(graph.inputs.map(({name}) => name));
  const beside = new Map(graph.initializers.map(({tensor, field}) => [field, tensor]));
  const kept = graph.fields.flatMap((field): readonly Uint8Array[] => {
    if (lifted.has(field) || field.number === GRAPH.output) return [];
    const tensor = beside.get(field);
    return tensor?.external ? broughtIn(tensor, files) : [field.bytes];
  });
  const parts = [
    ...kept,
    // Before version 4 of the format, weights are among the inputs already.
    ...parameters
      .filter(({spec}) => !named.has(spec.name))
      .flatMap(({spec, tensor}) => inputField(GRAPH.input, spec.name, tensor.type, spec.shape)),
    ...outputField(output),
  ];
  return joined(
    fields.flatMap((field): readonly Uint8Array[] =>
      field === graphField ? bytesField(MODEL.graph, ...parts) : [field.bytes],
    ),
  );
}

/** The one output that is looked at, under the name of the value that is. */
function outputField({info, value}: Output): readonly Uint8Array[] {
  return value === info.name ? [info.field.bytes] : renamedField(GRAPH.output, info, value);
}

function broughtIn({fields, external, place}: Tensor, files: ExternalFiles): readonly Uint8Array[] {
  const rest = fields.filter((field: Field) => !saysWhere(field) && field.number !== RAW_DATA);
  const raw = external ? externalBytes(external, files, place) : new Uint8Array();
  return bytesField(GRAPH.initializer, ...rest.map(({bytes}) => bytes), ...bytesField(RAW_DATA, raw));
}
