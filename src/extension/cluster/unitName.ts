import type { ClusterUnit } from "../../cluster/clusterState";

/** "split-0", or "split-0/network-3": as the training panel names its tracks. */
export const unitName = ({ split, network }: Pick<ClusterUnit, "split" | "network">): string =>
  network === null ? `split-${split}` : `split-${split}/network-${network}`;
