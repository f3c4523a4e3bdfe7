/**
 * An ONNX graph under construction. Every value carries its element type and shape, so that a layer that fits badly is
 * found here and not by the runtime. Sizes are fixed: there is one graph for each batch size.
 * Field numbers are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */
import { elementCount } from "../../../network/weights/tensor";
import { ProtobufWriter } from "./protobuf";

export type ElementType = "float32" | "int32" | "int64" | "bool";
export type Shape = readonly number[];

export interface TensorType {
  readonly type: ElementType;
  readonly shape: Shape;
}

/** A tensor that the graph computes, is given, or holds as a constant. */
export interface Value extends TensorType {
  readonly graph: GraphBuilder;
  readonly name: string;
}

/** ONNX distinguishes floats from integers, JavaScript does not: the kind is said. */
export type Attribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly string: string };
export type Attributes = Readonly<Record<string, Attribute>>;

/** ONNX operator set 17 and the file format that came with it. */
const OPSET = 17;
const IR_VERSION = 8;

const TENSOR_TYPE: Readonly<Record<ElementType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9 };

interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

interface Constant {
  readonly value: Value;
  readonly data: Uint8Array;
}

export interface KeptWithGraph {
  readonly weights?: ReadonlyMap<string, Float32Array>;
  readonly metadata?: Readonly<Record<string, string>>;
}

export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #inputs = new Map<string, Value>();
  readonly #outputs = new Map<string, Value>();

  /** A tensor that is fed at every run. Asking twice for a name gives the same value. */
  input(name: string, type: ElementType, shape: Shape): Value {
    const known = this.#inputs.get(name);
    if (known !== undefined) {
      if (known.type === type && known.shape.join() === shape.join()) return known;
      throw new Error(
        `Graph input ${name} is ${describe(known)}; it cannot be ${describe({ type, shape })} too.`,
      );
    }
    const value: Value = { graph: this, name, type, shape };
    this.#inputs.set(name, value);
    return value;
  }

  /**
   * Makes `value` available to whoever runs the graph, as `name` and as one row of numbers.
   *
   * The runtime works backwards from the outputs, the last one first, and computes for each what is still missing. So the
   * order of outputs is the order of computation in reverse, as long as each has a node of its own: Identity and Reshape
   * would be merged with the node before. What is needed early is then computed early, and given back early.
   */
  output(name: string, value: Value): void {
    if (this.#outputs.has(name)) throw new Error(`The graph has two outputs named ${name}.`);
    this.#nodes.push({
      operator: "Flatten",
      inputs: [value.name],
      outputs: [name],
      attributes: { axis: { int: 0 } },
    });
    this.#outputs.set(name, { ...value, name, shape: [1, elementCount(value.shape)] });
  }

  /** Makes `value` available as `name` in its own shape: for graphs that others run. */
  shapedOutput(name: string, value: Value): void {
    if (this.#outputs.has(name)) throw new Error(`The graph has two outputs named ${name}.`);
    this.#nodes.push({ operator: "Identity", inputs: [value.name], outputs: [name], attributes: {} });
    this.#outputs.set(name, { ...value, name });
  }

  /** A constant tensor; equal constants are stored once. */
  constant(type: "float32" | "int32" | "int64", shape: Shape, data: readonly number[]): Value {
    const key = `${type}[${shape}]=${data}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known.value;
    const value: Value = { graph: this, name: `constant_${this.#constants.size}`, type, shape };
    this.#constants.set(key, { value, data: rawData(type, data) });
    return value;
  }

  /** Appends an operator; `outputs` are the types and shapes that it will produce. */
  nodeWithOutputs(
    operator: string,
    inputs: readonly Value[],
    outputs: readonly TensorType[],
    attributes: Attributes = {},
  ): readonly Value[] {
    const stem = `${operator}_${this.#nodes.length}`;
    const values = outputs.map(({ type, shape }, index) => ({
      graph: this,
      name: `${stem}_${index}`,
      type,
      shape,
    }));
    this.#nodes.push({
      operator,
      inputs: inputs.map((input) => input.name),
      outputs: values.map((value) => value.name),
      attributes,
    });
    return values;
  }

  /** Appends an operator with one output. */
  node(operator: string, inputs: readonly Value[], output: TensorType, attributes: Attributes = {}): Value {
    return this.nodeWithOutputs(operator, inputs, [output], attributes)[0]!;
  }

  /**
   * The finished ONNX file.
   * @param kept values of inputs by their names, which are then no inputs any more, and what the file says of itself
   */
  serialize({ weights = new Map(), metadata = {} }: KeptWithGraph = {}): Uint8Array {
    const model = new ProtobufWriter();
    model.integer(1, IR_VERSION);
    if (Object.keys(metadata).length > 0) model.string(2, "Gyrus");
    model.message(8, (opset) => {
      opset.string(1, "");
      opset.integer(2, OPSET);
    });
    model.message(7, (graph) => {
      for (const node of this.#nodes) graph.message(1, (writer) => writeNode(writer, node));
      graph.string(2, "gyrus");
      for (const constant of this.#constants.values()) {
        graph.message(5, (writer) => writeConstant(writer, constant));
      }
      for (const value of this.#inputs.values()) {
        const data = weights.get(value.name);
        if (data === undefined) graph.message(11, (writer) => writeValueInfo(writer, value));
        else graph.message(5, (writer) => writeConstant(writer, { value, data: bytesOf(data) }));
      }
      for (const value of this.#outputs.values())
        graph.message(12, (writer) => writeValueInfo(writer, value));
    });
    for (const [key, value] of Object.entries(metadata)) {
      model.message(14, (entry) => {
        entry.string(1, key);
        entry.string(2, value);
      });
    }
    return model.finish();
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

export function describe({ type, shape }: TensorType): string {
  return `${type}[${shape.join(", ")}]`;
}

function rawData(type: "float32" | "int32" | "int64", data: readonly number[]): Uint8Array {
  switch (type) {
    case "float32":
      return new Uint8Array(Float32Array.from(data).buffer);
    case "int32":
      return new Uint8Array(Int32Array.from(data).buffer);
    case "int64":
      return new Uint8Array(BigInt64Array.from(data, BigInt).buffer);
  }
}

function writeNode(writer: ProtobufWriter, { operator, inputs, outputs, attributes }: Node): void {
  for (const input of inputs) writer.string(1, input);
  for (const output of outputs) writer.string(2, output);
  writer.string(3, `node_${outputs[0]}`);
  writer.string(4, operator);
  for (const [name, attribute] of Object.entries(attributes)) {
    writer.message(5, (nested) => writeAttribute(nested, name, attribute));
  }
}

function writeAttribute(writer: ProtobufWriter, name: string, attribute: Attribute): void {
  writer.string(1, name);
  if ("float" in attribute) {
    writer.float(2, attribute.float);
    writer.integer(20, 1);
  } else if ("int" in attribute) {
    writer.integer(3, attribute.int);
    writer.integer(20, 2);
  } else if ("string" in attribute) {
    writer.string(4, attribute.string);
    writer.integer(20, 3);
  } else {
    for (const int of attribute.ints) writer.integer(8, int);
    writer.integer(20, 7);
  }
}

function writeConstant(writer: ProtobufWriter, { value, data }: Constant): void {
  for (const size of value.shape) writer.integer(1, size);
  writer.integer(2, TENSOR_TYPE[value.type]);
  writer.string(8, value.name);
  writer.bytes(9, data);
}

function writeValueInfo(writer: ProtobufWriter, { name, type, shape }: Value): void {
  writer.string(1, name);
  writer.message(2, (typeProto) =>
    typeProto.message(1, (tensorType) => {
      tensorType.integer(1, TENSOR_TYPE[type]);
      tensorType.message(2, (tensorShape) => {
        for (const size of shape) tensorShape.message(1, (dimension) => dimension.integer(1, size));
      });
    }),
  );
}
