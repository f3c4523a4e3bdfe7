/** The user's own layers made into a CNN: sizes that the user does not give follow from the image. */

import type { OwnLayer } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { LAYERS, type Layer, type NamedLayer } from "../layer";
import type { Cnn } from "../network";
import type { Shape } from "../shapes/axes";
import { outputShape } from "../shapes/shape";
import type { BuildOptions } from "../zoo/buildOptions";
import type { CustomLayer, LayerList } from "./customArchitecture";

/**
 * @throws ArchitectureError that names the layer by its place in the list ("fc[2]"); a ShapeError when it does not fit
 */
export function customCnn(list: LayerList, options: BuildOptions): Cnn {
  const lastAnswer = list.fc?.findLastIndex(({ layer }) => LAYERS[layer].own.givesAnswer) ?? -1;
  const convolutions = resolveLayers(list.convolutions, "convolutions", options.inputSize, options);
  const answers = (position: number) => position === lastAnswer;
  const fc = resolveLayers(list.fc ?? [], "fc", convolutions.output, options, answers);
  return {
    family: "cnn",
    architecture: "custom",
    inputSize: options.inputSize,
    convolutions: convolutions.layers,
    fc: fc.layers,
  };
}

function resolveLayers(
  list: readonly CustomLayer[],
  key: string,
  input: Shape,
  options: BuildOptions,
  answers: (position: number) => boolean = () => false,
): { readonly layers: NamedLayer[]; readonly output: Shape } {
  const layers: NamedLayer[] = [];
  let shape = input;
  for (const [position, custom] of list.entries()) {
    const where = `${key}[${position}]`;
    const answerSize = answers(position) ? options.outputSize : undefined;
    const { layer: kind, ...values } = custom;
    const own: OwnLayer<Layer, LayerOptions> = LAYERS[kind].own;
    const layer = own.make(values, { where, input: shape, dropout: options.dropout, answerSize });
    layers.push({ name: `${position}`, layer });
    shape = outputShape(layer, shape, where);
  }
  return { layers, output: shape };
}
