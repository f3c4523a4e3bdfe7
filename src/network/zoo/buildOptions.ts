export interface BuildOptions {
  /** [channels, ...spatial] of one image. */
  readonly inputSize: readonly number[];
  /** Classes, or 1 for a regression. */
  readonly outputSize: number;
  readonly dropout: number;
  readonly latentSpaceSize: number;
  /** Order of layers in 2D autoencoders: see TranspositionOptions. */
  readonly layout: "gyrus" | "clinicadl";
}
