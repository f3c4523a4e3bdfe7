/** From what the experiment says (a name or a list of layers, and the size of an image) to a checked network. */
import { ArchitectureError } from "../architectureError";
import { nearestName } from "../nearestName";
import type { Cnn, Network } from "../network";
import { sentence } from "../sentence";
import { type Dimensions, shapeText } from "../shapes/axes";
import { traceShapes } from "../shapes/shape";
import { type TranspositionOptions, transpose } from "../transpose";
import type { BuildOptions } from "../zoo/buildOptions";
import { ARCHITECTURES, type ArchitectureName, type Task, ZOO, zooEntry } from "../zoo/zoo";
import { customCnn } from "./custom";
import type { LayerList } from "./customArchitecture";

export interface NetworkRequest extends TranspositionOptions {
  /** A name of the zoo, or the user's layers. */
  readonly architecture: string | LayerList;
  /** [channels, height, width] or [channels, x, y, z] of one image. */
  readonly inputSize: readonly number[];
  /** Number of classes; 1 for a regression; of no meaning for a reconstruction. */
  readonly outputSize: number;
  readonly dropout: number;
  readonly latentSpaceSize: number;
  readonly task: Task;
}

/**
 * Builds the network of an experiment and checks every shape. A CNN asked for a reconstruction becomes an autoencoder by
 * transposition of its convolutions.
 * @throws ArchitectureError (or its ShapeError) that says what to change
 */
export function buildNetwork(request: NetworkRequest): Network {
  checkInputSize(request.inputSize);
  const options: BuildOptions = { ...request, layout: request.layout ?? "gyrus" };
  const network =
    typeof request.architecture === "string"
      ? namedNetwork(request.architecture, request.task, options)
      : customNetwork(request.architecture, request.task, options);
  traceShapes(network);
  return network;
}

/** The task that a network is made for first, where nobody says it: layers without an answer reconstruct. */
export function usualTask(architecture: NetworkRequest["architecture"]): Task {
  if (typeof architecture !== "string")
    return architecture.fc === undefined ? "reconstruction" : "classification";
  return zooEntry(architecture)?.tasks[0] ?? "classification";
}

function namedNetwork(name: string, task: Task, options: BuildOptions): Network {
  const entry = ZOO[knownName(name)];
  const dimensions = dimensionsOfInput(options.inputSize);
  if (!entry.dimensions.includes(dimensions))
    throw new ArchitectureError(
      name,
      sentence`it takes ${dimensions === 2 ? 3 : 2}D images, not ${shapeText(options.inputSize)}.`,
      sentence`Choose another architecture, or the mode slice for 2D.`,
    );
  if (entry.channels !== undefined && entry.channels !== options.inputSize[0])
    throw new ArchitectureError(
      name,
      sentence`it takes ${entry.channels} {0|channel|channels}, not ${shapeText(options.inputSize)}.`,
      sentence`Use slices with \`slice_mode\` rgb, or another architecture.`,
    );
  const isAutoencoder = entry.tasks.includes("reconstruction");
  if (task === "reconstruction" && !isAutoencoder) return autoencoderOf(entry.build(options), options);
  if (!entry.tasks.includes(task)) {
    const purposes = entry.tasks
      .map((purpose) => sentence`${purpose}`)
      .reduce((some, last) => sentence`${some} and ${last}`);
    throw new ArchitectureError(
      name,
      sentence`it is made for ${purposes}, not for ${task}.`,
      sentence`Choose one of ${ARCHITECTURES.filter((other) => ZOO[other].tasks.includes(task)).join(", ")}.`,
    );
  }
  return entry.build(options);
}

function customNetwork(layers: LayerList, task: Task, options: BuildOptions): Network {
  if (task !== "reconstruction" && layers.fc === undefined)
    throw new ArchitectureError(
      "architecture",
      sentence`without \`fc\` it is an autoencoder, which cannot learn a ${task}.`,
      sentence`Add \`fc\`, for example Flatten and Linear, or set \`network_task\` to reconstruction.`,
    );
  const cnn = customCnn(layers, options);
  if (task === "reconstruction") return autoencoderOf(cnn, options);
  checkAnswer(cnn, options.outputSize);
  return cnn;
}

function checkAnswer(cnn: Cnn, outputSize: number): void {
  const answer = traceShapes(cnn).at(-1)?.output ?? cnn.inputSize;
  if (answer.length === 1 && answer[0] === outputSize) return;
  throw new ArchitectureError(
    "fc",
    sentence`it gives ${shapeText(answer)} where ${outputSize} {1|value is|values are} asked for.`,
    sentence`End it with Flatten and a Linear without \`out_features\`.`,
  );
}

function autoencoderOf(network: Network, options: BuildOptions): Network {
  return network.family === "cnn" ? transpose(network, options).autoencoder : network;
}

function knownName(name: string): ArchitectureName {
  const known = ARCHITECTURES.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  const nearest = nearestName(name, ARCHITECTURES);
  throw new ArchitectureError(
    "architecture",
    sentence`there is no network named "${name}".`,
    nearest === undefined
      ? sentence`Choose one of ${ARCHITECTURES.join(", ")}, or list your own layers.`
      : sentence`Did you mean ${nearest}? There are ${ARCHITECTURES.join(", ")}.`,
  );
}

function checkInputSize(inputSize: readonly number[]): void {
  const countsRight = inputSize.length === 3 || inputSize.length === 4;
  if (countsRight && inputSize.every((size) => Number.isSafeInteger(size) && size >= 1)) return;
  throw new ArchitectureError(
    "input size",
    sentence`${shapeText(inputSize)} is not the size of an image.`,
    sentence`Give channels@sizes with 2 or 3 axes, such as 1@169x208x179 or 3@224x224.`,
  );
}

function dimensionsOfInput(inputSize: readonly number[]): Dimensions {
  return inputSize.length === 3 ? 2 : 3;
}
