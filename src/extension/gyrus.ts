import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { ClusterQueue } from "./cluster/readCluster";
import type { Experiments } from "./experiments/experiments";
import type { ExperimentsTree } from "./experiments/experimentsTree";
import type { PanelDoors } from "./panelDoors";
import type { ReportDocument } from "./reportDocument";
import type { TrainerSupervisor } from "./trainer/supervisor";

/** The parts that commands work with. */
export interface Gyrus {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly experiments: Experiments;
  readonly supervisor: TrainerSupervisor;
  readonly tree: ExperimentsTree;
  readonly panels: PanelDoors;
  readonly report: ReportDocument;
  readonly queue: ClusterQueue;
}
