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

/** The parts of a network in order of execution; their names are the prefixes of the state dict. */
export function partsOf(network: Network): readonly { readonly name: string; readonly layers: Sequence }[] {
  switch (network.family) {
    case "cnn":
      return [
        { name: "convolutions", layers: network.convolutions },
        { name: "fc", layers: network.fc },
      ];
    case "autoencoder":
      return [
        { name: "encoder", layers: network.encoder },
        { name: "decoder", layers: network.decoder },
      ];
  }
}
