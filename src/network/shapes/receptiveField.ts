import type { Field, ReceptiveField } from "../definition/receptiveFields";
import { definitionOf } from "../layer";
import type { TracedLayer } from "./shape";

/** Receptive field of every layer of a trace, nested layers included, by path. */
export function receptiveFields(trace: readonly TracedLayer[]): ReadonlyMap<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>();
  const axes = Math.max(0, (trace[0]?.input.length ?? 1) - 1);
  const ones = Array.from({ length: axes }, () => 1);
  followSequence(trace, { size: ones, jump: ones }, fields);
  return fields;
}

function followSequence(
  trace: readonly TracedLayer[],
  input: ReceptiveField,
  fields: Map<string, ReceptiveField>,
): ReceptiveField {
  let field = input;
  for (const traced of trace) {
    field = through(traced, field, fields);
    fields.set(traced.path, field);
  }
  return field;
}

function through(
  traced: TracedLayer,
  field: ReceptiveField,
  fields: Map<string, ReceptiveField>,
): ReceptiveField {
  const { layer, input, output, nested } = traced;
  const definition = definitionOf(layer);
  if (definition.branches === undefined)
    return field && definition.receptiveField(layer, field, input.slice(1), output.slice(1));
  const ends = definition.branches(layer).map(({ name }) =>
    followSequence(
      nested.filter(({ branch }) => branch === name),
      field,
      fields,
    ),
  );
  return ends.reduce((joined, end) => joined && end && union(joined, end));
}

/** What is made of several branches sees what either of them sees. */
function union(first: Field, second: Field): Field {
  return {
    size: first.size.map((size, axis) => Math.max(size, second.size[axis]!)),
    jump: first.jump,
  };
}
