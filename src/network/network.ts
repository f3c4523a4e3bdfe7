import type { Sequence } from "./layer";

/** A classifier or regressor: features by `convolutions`, answer by `fc`. Output [N, outputSize]. */
export interface Cnn {
  readonly family: "cnn";
  /** Zoo name ("Conv5_FC3"), or "custom" for the user's own layers. */
  readonly architecture: string;
  /** [channels, ...spatial] of one image. */
  readonly inputSize: readonly number[];
  readonly convolutions: Sequence;
  readonly fc: Sequence;
}

/** Output of the shape of its input. A pool of the encoder gives its indices and padding to the unpool that answers it, last in, first out. */
export interface Autoencoder {
  readonly family: "autoencoder";
  readonly architecture: string;
  readonly inputSize: readonly number[];
  readonly encoder: Sequence;
  readonly decoder: Sequence;
  /**
   * The CNN that the encoder was taken from, when the decoder is its transposition. PyTorch's random numbers depend on it:
   * ClinicaDL builds the whole CNN, classifier included, before it transposes the convolutions.
   */
  readonly transposedFrom?: Cnn;
}

export type Network = Cnn | Autoencoder;

export interface Part {
  /** Prefix of its parameters in the state dict. */
  readonly name: string;
  readonly layers: Sequence;
  /** Name of what comes out of it: of all parts but the last an inner output, which a loss may read. */
  readonly output: string;
}

/** The parts of a network in order of execution. */
export function partsOf(network: Network): readonly Part[] {
  switch (network.family) {
    case "cnn":
      return [
        { name: "convolutions", layers: network.convolutions, output: "features" },
        { name: "fc", layers: network.fc, output: "answer" },
      ];
    case "autoencoder":
      return [
        { name: "encoder", layers: network.encoder, output: "code" },
        { name: "decoder", layers: network.decoder, output: "reconstruction" },
      ];
  }
}

/** Names of what comes out within a network: `features` of a CNN, `code` of an autoencoder. */
export const innerOutputsOf = (network: Network): string[] =>
  partsOf(network)
    .slice(0, -1)
    .map(({ output }) => output);
