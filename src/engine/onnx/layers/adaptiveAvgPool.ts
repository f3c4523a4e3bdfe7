import type { AdaptiveAvgPool } from "../../../network/layers/adaptiveAvgPool";
import { averagingMatrix } from "../../averagingMatrix";
import type { Step } from "../compilation";
import { reshape } from "../graph/arrangement";
import type { GraphBuilder, Value } from "../graph/graphBuilder";
import { matMul } from "../graph/matrices";
import type { LayerContext } from "../layerContext";

/** Each axis is multiplied by its averaging matrix, A [out, in]; the gradient goes back through the transposes. */
export function adaptiveAvgPool({ layer: { outputSize }, input }: LayerContext<AdaptiveAvgPool>): Step {
  const spatial = input.shape.slice(2);
  const averages = spatial.map((size, axis) => averagingMatrix(size, outputSize[axis]!));
  return {
    output: multiplyAxes(input, averages),
    backward: (gradient) => () => multiplyAxes(gradient, averages.map(transposed)),
  };
}

type Matrix = readonly (readonly number[])[];

const transposed = (matrix: Matrix): Matrix =>
  matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));

/** Multiplies each spatial axis of [N, channels, ...spatial] by its matrix. */
function multiplyAxes(input: Value, matrices: readonly Matrix[]): Value {
  return matrices.reduce((value, matrix, position) => {
    const axis = position + 2;
    const [before, size, after] = [
      value.shape.slice(0, axis),
      value.shape[axis]!,
      value.shape.slice(axis + 1),
    ];
    const columns = reshape(value, [...before, size, after.reduce((product, length) => product * length, 1)]);
    return reshape(matMul(constant(value.graph, matrix), columns), [...before, matrix.length, ...after]);
  }, input);
}

function constant(graph: GraphBuilder, matrix: Matrix): Value {
  return graph.constant("float32", [matrix.length, matrix[0]!.length], matrix.flat());
}
