import type { PerAxis } from "./layer";
import { dilatedKernel } from "./padding";
import type { TracedLayer } from "./shape";

/**
 * What one value of a layer's output sees of the network's input: `size` voxels along each axis (it may be larger than
 * the input, whose outside is padding), and the distance in voxels between the fields of two neighbouring values.
 * Null: it sees the whole input.
 */
export type ReceptiveField = { readonly size: PerAxis; readonly jump: PerAxis } | null;

/**
 * Receptive field of every layer of a trace, nested layers included, by path. Size and jump grow layer by layer as in
 * Araujo, Norris and Sim (2019), "Computing receptive fields of convolutional neural networks".
 */
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
    field =
      traced.layer.kind === "ResidualBlock" ? followBlock(traced, field, fields) : through(traced, field);
    fields.set(traced.path, field);
  }
  return field;
}

/** The sum of both sides sees what either sees. */
function followBlock(
  block: TracedLayer,
  input: ReceptiveField,
  fields: Map<string, ReceptiveField>,
): ReceptiveField {
  const isShortcut = ({ path }: TracedLayer) => path.startsWith(`${block.path}.downsample.`);
  const body = followSequence(
    block.nested.filter((traced) => !isShortcut(traced)),
    input,
    fields,
  );
  const shortcut = followSequence(block.nested.filter(isShortcut), input, fields);
  if (body === null || shortcut === null) return null;
  return { size: body.size.map((size, axis) => Math.max(size, shortcut.size[axis]!)), jump: body.jump };
}

function through({ layer, input, output }: TracedLayer, field: ReceptiveField): ReceptiveField {
  if (field === null) return null;
  switch (layer.kind) {
    case "Conv":
      return windowed(field, dilatedKernel(layer), layer.stride);
    case "MaxPool":
    case "AvgPool":
    case "PadMaxPool":
      return windowed(field, layer.kernel, layer.stride);
    case "ConvTranspose":
      return spread(field, dilatedKernel(layer), layer.stride);
    case "MaxUnpool":
    case "CropMaxUnpool":
      return spread(field, layer.stride, layer.stride);
    case "AdaptiveAvgPool":
      return averaged(field, input.slice(1), output.slice(1));
    case "Linear":
      return null;
    case "GroupNorm":
    case "InstanceNorm":
      return null;
    case "BatchNorm":
    case "ReLU":
    case "LeakyReLU":
    case "Sigmoid":
    case "Tanh":
    case "ELU":
    case "GELU":
    case "SiLU":
    case "Dropout":
    case "Flatten":
    case "Reshape":
    case "ResidualBlock":
      return field;
  }
}

type Field = NonNullable<ReceptiveField>;

function windowed({ size, jump }: Field, kernel: PerAxis, stride: PerAxis): Field {
  return {
    size: size.map((voxels, axis) => voxels + (kernel[axis]! - 1) * jump[axis]!),
    jump: jump.map((voxels, axis) => voxels * stride[axis]!),
  };
}

/** An output of a transposed convolution gathers at most ceil(kernel / stride) inputs. */
function spread({ size, jump }: Field, kernel: PerAxis, stride: PerAxis): Field {
  return {
    size: size.map((voxels, axis) => voxels + (Math.ceil(kernel[axis]! / stride[axis]!) - 1) * jump[axis]!),
    jump: jump.map((voxels, axis) => voxels / stride[axis]!),
  };
}

function averaged(field: Field, input: PerAxis, output: PerAxis): ReceptiveField {
  if (output.every((size) => size === 1)) return null;
  const widest = output.map((count, axis) => {
    const windows = Array.from({ length: count }, (_, index) => {
      const start = Math.floor((index * input[axis]!) / count);
      return Math.ceil(((index + 1) * input[axis]!) / count) - start;
    });
    return Math.max(...windows);
  });
  return windowed(
    field,
    widest,
    output.map((count, axis) => input[axis]! / count),
  );
}
