/**
 * What the training sees of the data: a list of samples and a way to read some of them.
 */

/** One input of the network: an image, or one part of it. */
export interface Sample {
  readonly participantId: string;
  readonly sessionId: string;
  readonly cohort: string;
  /** Part of the image: 0 in image mode, the patch or region number, the absolute slice number. */
  readonly part: number;
  /** Value of the label column as it stands in the table; "" without label. */
  readonly label: string;
  /** Class code (classification) or value (regression); NaN where there is no label. */
  readonly target: number;
}

/** What decides the draws of the training transforms. */
export interface DrawSeeds {
  /** Of what is drawn for each place of a batch. */
  readonly batch: number;
  /** Of what is drawn once an epoch for each image. */
  readonly epoch: number;
}

export interface Dataset {
  /** [channels, ...spatial] of each sample. */
  readonly inputSize: readonly number[];
  /** In the order of the table, parts of one image together. */
  readonly samples: readonly Sample[];
  readonly partsPerImage: number;
  /**
   * Inputs of `indices`, concatenated: [n, ...inputSize], float32, normalised.
   * `seeds`: draw the training transforms; absent in evaluation.
   * `memory`: of that length, to hold them, whatever stands in it; fresh memory when absent.
   * Throws an InputError that names participant, session and file.
   */
  read(indices: readonly number[], seeds?: DrawSeeds, memory?: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}
