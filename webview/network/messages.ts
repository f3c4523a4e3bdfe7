/** What the architecture and the transposition view say to the editor, and it to them. They compute the network themselves. */
import type { LayerList } from "../../src/network/building/customArchitecture";
import type { Task } from "../../src/network/zoo/zoo";
import type { SaveRequest } from "../shared/saveRequest";
import type { Translations } from "../shared/text";

/** Where a network comes from: an experiment file or a MAPS. */
export interface NetworkSource {
  /** As the user knows it: the name of the file or of the MAPS. */
  readonly name: string;
  readonly architecture: string | LayerList;
  /** [channels, ...spatial]; null when only the data could tell. */
  readonly inputSize: readonly number[] | null;
  /** Nothing of the data could be read that tells the size of the input: it is that of the pipeline's images, or usual. */
  readonly sizeIsGuess?: boolean;
  readonly outputSize: number | null;
  readonly dropout: number;
  readonly latentSpaceSize: number;
  readonly task: Task;
  /** "clinicadl" for an autoencoder that ClinicaDL trained. */
  readonly layout: "gyrus" | "clinicadl";
}

/** A source that cannot be read is said, and the view goes on with the network that it has. */
export type SourceState =
  | { readonly kind: "none" }
  | { readonly kind: "read"; readonly source: NetworkSource }
  | { readonly kind: "unreadable"; readonly name: string; readonly problem: string };

export type ToNetworkView =
  | {
      readonly kind: "welcome";
      /** URI of the experiment file or MAPS; null for a network of the zoo. */
      readonly uri: string | null;
      readonly source: SourceState;
      readonly texts: Translations;
    }
  /** The experiment file was saved. */
  | { readonly kind: "source"; readonly source: SourceState };

export type FromNetworkView =
  | { readonly kind: "hello" }
  | { readonly kind: "openSource" }
  | { readonly kind: "openView"; readonly view: "architecture" | "transposition" }
  | SaveRequest;
