/** Views of MAPS for tests of what is shown of them. */
import type { MapsView } from "../../src/extension/experiments/mapsView";

/** A finished classification in one split, unless `given` says otherwise. */
export function mapsView(given: Partial<MapsView> = {}): MapsView {
  const best = [
    { metric: "BA", value: 0.8125, epoch: 9 },
    { metric: "loss", value: 0.412, epoch: 7 },
  ];
  const network = { network: null, epoch: 12, end: "early_stopping", source: "events" } as const;
  return {
    maps: "/data/maps_demo",
    status: "finished",
    end: "early_stopping",
    failure: null,
    task: "classification",
    architecture: "Conv5_FC3",
    trainers: [{ pid: 4242, host: "workstation" }],
    own: true,
    epochs: 20,
    progress: null,
    splits: [{ split: 0, metrics: ["BA", "loss"], networks: [{ ...network, best }], inTraining: [] }],
    groups: ["train", "validation"],
    cluster: null,
    predictions: [],
    problems: [],
    changed: 0,
    archived: false,
    ...given,
  };
}
