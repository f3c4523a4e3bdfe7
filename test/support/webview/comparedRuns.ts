/** Imagined runs for tests of the comparison. */
import type { ComparedRun } from "../../../webview/compare/messages";

export function imaginedRuns(count: number, splits = 3): readonly ComparedRun[] {
  return Array.from({ length: count }, (_, place) => ({
    maps: `/data/maps_${place}`,
    name: `maps_lr-${place}`,
    status: place === 0 ? "running" : "finished",
    live: place === 0,
    task: "classification",
    selectionMetrics: ["loss", "BA"],
    classes: ["AD", "CN"],
    settings: {
      architecture: "Conv5_FC3",
      batch_size: "8",
      learning_rate: `1e-${(place % 4) + 2}`,
      "preprocessing_dict.mode": "image",
      ...(place % 2 === 0 ? { dropout: "0.5" } : {}),
    },
    tracks: Array.from({ length: splits }, (__, split) => {
      const epochs = Array.from({ length: 30 }, (___, epoch) => epoch);
      const wave = (epoch: number) => 0.04 * Math.sin(epoch * 1.7 + place + split * 2);
      const loss = epochs.map(
        (epoch) => 0.3 + 0.02 * place + 0.4 * Math.exp(-epoch / (5 + place)) + wave(epoch),
      );
      return {
        split,
        network: null,
        results: {},
        epochs: Float64Array.from(epochs),
        positions: Float64Array.from(epochs, (epoch) => epoch + 1),
        metrics: {
          "train.loss": Float64Array.from(loss, (value) => value - 0.1),
          "validation.loss": Float64Array.from(loss),
          "train.BA": Float64Array.from(loss, (value) => 1.1 - value),
          "validation.BA": Float64Array.from(loss, (value) => 1 - value),
        },
      };
    }),
    problems: [],
  }));
}
