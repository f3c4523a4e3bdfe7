/** Views of MAPS for tests of what is shown of them. */
import type { MapsView } from "../../src/extension/experiments/mapsView";

/** A finished classification in one split, unless `given` says otherwise. */
export function mapsView(given: Partial<MapsView> = {}): MapsView {
  const best = [
    { metric: "loss", value: 0.412, epoch: 7 },
    { metric: "BA", value: 0.8125, epoch: 9 },
  ];
  return {
    maps: "/data/maps_demo",
    status: "finished",
    message: "",
    task: "classification",
    architecture: "Conv5_FC3",
    trainer: { pid: 4242, host: "workstation" },
    resumable: true,
    progress: null,
    splits: [{ split: 0, networks: [{ network: null, epoch: 12, epochs: 20, ended: true, best }] }],
    groups: ["train", "validation"],
    problems: [],
    changed: 0,
    ...given,
  };
}
