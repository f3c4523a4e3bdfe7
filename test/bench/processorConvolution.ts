/** A convolution by itself, or its gradient by the weight, as the engine of the processor computes it. */
import { GraphBuilder } from "../../src/engine/onnx/graph/graphBuilder";
import { convFormulas } from "../../src/engine/onnx/layers/conv";
import { onnxTensor } from "../../src/engine/onnx/runtime";
import { GraphSession } from "../../src/engine/onnx/session";
import type { Arrays, Computing, KernelRow } from "./kernelRows";

export async function convolutionOnProcessor(
  { pass, convolution: { settings, geometry } }: KernelRow,
  arrays: Arrays,
  threads: number,
): Promise<Computing> {
  const { samples, inChannels, outChannels, from, to } = geometry;
  // Of an image, the one plane of the geometry is no axis.
  const axes = (sizes: readonly number[]) => sizes.slice(3 - settings.kernel.length);
  const shapes = {
    x: [samples, inChannels, ...axes(from)],
    weight: [outChannels, inChannels, ...settings.kernel],
    y: [samples, outChannels, ...axes(to)],
  };
  const graph = new GraphBuilder();
  const formulas = convFormulas(settings, "fast");
  const input = (name: keyof Arrays) => graph.input(name, "float32", shapes[name]);
  const result =
    pass === "forward"
      ? formulas.apply(input("x"), input("weight"))
      : formulas.weightGradient(input("x"), input("y"));
  graph.output("result", result);
  const session = await GraphSession.open(graph.serialize(), samples, threads);
  const feeds = {
    x: onnxTensor("float32", arrays.x, shapes.x),
    weight: onnxTensor("float32", arrays.weight, shapes.weight),
    y: onnxTensor("float32", arrays.y, shapes.y),
  };
  return {
    run: async () => void (await session.run(feeds)),
    dispose: () => session.dispose(),
  };
}
