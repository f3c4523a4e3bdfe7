/** From what the user chose in the view to a network that can be drawn, or to what is wrong with it. */
import { ArchitectureError } from "../../src/network/architectureError";
import { buildNetwork, type NetworkRequest, usualTask } from "../../src/network/building/build";
import { type Diagram, diagramOf } from "../../src/network/drawing/diagram";
import { type Sentence, sentenceText } from "../../src/network/sentence";
import { type ArchitectureName, zooEntry } from "../../src/network/zoo/zoo";
import { inReadersLanguage } from "../shared/text";
import type { NetworkSource } from "./messages";

/** What the user chose; null leaves it to the source, or to what is usual for the network. */
export interface NetworkChoice {
  /** A name of the zoo, or null for the network of the source. */
  readonly architecture: ArchitectureName | null;
  readonly inputSize: readonly number[] | null;
  readonly outputSize: number | null;
}

export interface NetworkProblem {
  readonly where: string;
  readonly detail: string;
  readonly remedy: string;
}

export type Built =
  | { readonly kind: "network"; readonly request: NetworkRequest; readonly diagram: Diagram }
  | { readonly kind: "problem"; readonly request: NetworkRequest; readonly problem: NetworkProblem };

/** ClinicaDL's cropped T1w image, and a slice of it on three channels. */
export const WHOLE_IMAGE: readonly number[] = [1, 169, 208, 179];
export const RGB_SLICE: readonly number[] = [3, 208, 179];
export const PATCH: readonly number[] = [1, 50, 50, 50];

/** `asAutoencoder` asks for the transposition of a network that is a CNN. */
export function build(choice: NetworkChoice, source: NetworkSource | null, asAutoencoder: boolean): Built {
  const request = requestOf(choice, source, asAutoencoder);
  try {
    return { kind: "network", request, diagram: diagramOf(buildNetwork(request)) };
  } catch (error) {
    if (!(error instanceof ArchitectureError)) throw error;
    const { where, detail, remedy } = error;
    const say = (said: Sentence) => sentenceText(said, inReadersLanguage);
    return {
      kind: "problem",
      request,
      problem: { where: inReadersLanguage(where), detail: say(detail), remedy: say(remedy) },
    };
  }
}

export function requestOf(
  choice: NetworkChoice,
  source: NetworkSource | null,
  asAutoencoder: boolean,
): NetworkRequest {
  const fromSource = choice.architecture === null ? source : null;
  const architecture = choice.architecture ?? source?.architecture ?? "Conv5_FC3";
  const task = asAutoencoder ? "reconstruction" : (fromSource?.task ?? usualTask(architecture));
  return {
    architecture,
    inputSize: choice.inputSize ?? fromSource?.inputSize ?? usualInput(architecture),
    outputSize: choice.outputSize ?? fromSource?.outputSize ?? 2,
    dropout: fromSource?.dropout ?? 0,
    latentSpaceSize: fromSource?.latentSpaceSize ?? 128,
    layout: fromSource?.layout ?? "gyrus",
    task,
  };
}

/** The size that its users give a network most often. */
function usualInput(architecture: NetworkRequest["architecture"]): readonly number[] {
  const entry = typeof architecture === "string" ? zooEntry(architecture) : undefined;
  return entry === undefined || entry.dimensions.includes(3) ? WHOLE_IMAGE : RGB_SLICE;
}
