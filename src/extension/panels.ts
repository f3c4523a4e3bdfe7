/** What is drawn in webviews, as the commands ask for it. */
export interface Panels {
  /** Curves and state of one MAPS. */
  openTraining(maps: string): void;
  compare(maps: readonly string[]): void;
  /** `source`: an experiment file, or a MAPS. Undefined: any network of the zoo, chosen in the view. */
  showArchitecture(source: string | undefined): void;
  showTransposition(source: string | undefined): void;
  previewInputs(experimentFile: string): void;
}
