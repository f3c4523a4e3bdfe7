/** How much each voxel has to do with an answer, by each of the methods; through the engine's interface, so every engine has them all. */
import type { Predictor } from "../../engine/engine";
import type { InterpretationMethod } from "../../maps/folder/interpretationRecord";
import type { Network } from "../../network/network";
import { elementCount } from "../../network/weights/tensor";
import { gradCam } from "./gradCam";
import { type Integrated, integratedGradients, USUAL_STEPS } from "./integratedGradients";
import { type Blocks, occlusion, usualBlock } from "./occlusion";

export interface AskedMethod {
  readonly method: InterpretationMethod;
  /** Grad-CAM: number of layers of `convolutions` whose features are taken; all when absent. */
  readonly level?: number | undefined;
  /** Occlusion: an even part of the image, without overlap, when absent. */
  readonly block?: number | undefined;
  readonly stride?: number | undefined;
  /** Integrated gradients. */
  readonly steps?: number | undefined;
}

/** A method with all that it needs. */
export type Method =
  | { readonly name: "gradients" }
  | { readonly name: "grad-cam"; readonly level: number }
  | ({ readonly name: "occlusion" } & Blocks)
  | { readonly name: "integrated-gradients"; readonly steps: number };

export function methodOf({ method, level, block, stride, steps }: AskedMethod, network: Network): Method {
  switch (method) {
    case "gradients":
      return { name: method };
    case "grad-cam":
      return {
        name: method,
        level: level ?? (network.family === "cnn" ? network.convolutions.length : 0),
      };
    case "occlusion": {
      const side = block ?? usualBlock(network.inputSize.slice(1));
      return { name: method, block: side, stride: stride ?? side };
    }
    case "integrated-gradients":
      return { name: method, steps: steps ?? USUAL_STEPS };
  }
}

export interface AttributionJob {
  /** [channels, ...spatial] */
  readonly inputSize: readonly number[];
  /** The output that is explained. */
  readonly node: number;
  /** Images that the network sees at a time. */
  readonly batchSize: number;
  /** Called now and then with the share that is done; false: end. */
  readonly proceed: (share: number) => boolean;
}

export interface Attributions {
  /** Of the spatial size of the input, one a sample. */
  readonly maps: readonly Float32Array[];
  /** Of integrated gradients. */
  readonly sums?: Integrated["sums"];
}

/**
 * @param images [size, channels, ...spatial]
 * @returns null after an end
 */
export async function attribute(
  predictor: Predictor,
  size: number,
  images: Float32Array,
  method: Method,
  job: AttributionJob,
): Promise<Attributions | null> {
  const { inputSize, node, proceed } = job;
  const [channels = 1, ...spatial] = inputSize;
  const each = <Made>(data: Float32Array, make: (own: Float32Array) => Made) => {
    const width = data.length / size;
    return Array.from({ length: size }, (_, i) => make(data.subarray(i * width, (i + 1) * width)));
  };
  switch (method.name) {
    case "gradients": {
      const { gradients } = await predictor.saliency({ size, inputs: { image: images } }, node, "input");
      return { maps: each(gradients.data, (own) => sumOverChannels(own, channels)) };
    }
    case "grad-cam": {
      const place = { afterConvolutionLayers: method.level };
      const found = await predictor.saliency({ size, inputs: { image: images } }, node, place);
      const [, ...shape] = found.gradients.shape;
      const width = elementCount(shape);
      return {
        maps: Array.from({ length: size }, (_, i) => {
          const own = (data: Float32Array) => data.subarray(i * width, (i + 1) * width);
          return gradCam(own(found.activations.data), own(found.gradients.data), shape, spatial);
        }),
      };
    }
    case "integrated-gradients": {
      const found = await integratedGradients(predictor, size, images, { ...job, steps: method.steps });
      if (found === null) return null;
      return { maps: each(found.attributions, (own) => sumOverChannels(own, channels)), sums: found.sums };
    }
    case "occlusion": {
      const maps: Float32Array[] = [];
      for (const [sample, image] of each(images, (own) => own).entries()) {
        const goOn = (share: number) => proceed((sample + share) / size);
        const map = await occlusion(predictor, image, { ...job, ...method, proceed: goOn });
        if (map === null) return null;
        maps.push(map);
      }
      return { maps };
    }
  }
}

/** The channels of an input are copies of one slice: moving a voxel moves them all. */
function sumOverChannels(values: Float32Array, channels: number): Float32Array {
  const places = values.length / channels;
  const sum = values.slice(0, places);
  for (let i = places; i < values.length; i++) sum[i % places]! += values[i]!;
  return sum;
}
