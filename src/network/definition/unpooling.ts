/** An unpool puts values where its pool had found them, so it must fit that pool, and every index its map. */
import { sentence } from "../sentence";
import { sameShape, shapeText } from "../shapes/axes";
import type { AnsweredPool, LayerInput, RememberedWindows } from "./layerDefinition";

/** @throws ShapeError unless `pool` is of `kind`, with the same windows, and gave the shape of `input` */
export function checkAnswered(
  windows: RememberedWindows,
  kind: string,
  input: LayerInput,
  pool: AnsweredPool,
): void {
  const sameWindows =
    sameShape(pool.kernel, windows.kernel) &&
    sameShape(pool.stride, windows.stride) &&
    sameShape(pool.padding, windows.padding);
  if (pool.kind !== kind || !sameWindows)
    input.refuse(
      sentence`it answers ${pool.path}, ${pool.text}.`,
      sentence`Answer a ${pool.kind} by its own inverse, with the same kernel, stride and padding.`,
    );
  if (!sameShape(pool.output, input.shape))
    input.refuse(
      sentence`the indices of ${pool.path} are those of a map ${shapeText(pool.output)}.`,
      sentence`Bring its input back to the shape that the pool gave.`,
    );
}
