/** Entry of the extension: makes the parts and connects them. Nothing is read before VS Code has what it waits for. */
import { type ExtensionContext, window, workspace } from "vscode";
import { commandTable } from "./commands/commands";
import { registerCommands } from "./commands/commandTable";
import { ContextKeys } from "./contextKeys";
import { Decorations } from "./experiments/decorations";
import { experimentReader } from "./experiments/experimentReader";
import { Experiments } from "./experiments/experiments";
import { ExperimentsTree } from "./experiments/experimentsTree";
import { FilesTree } from "./experiments/filesTree";
import type { Gyrus } from "./gyrus";
import { PanelDoors } from "./panelDoors";
import { TrainingNotifications } from "./trainer/notifications";
import { TrainingStatusBar } from "./trainer/statusBar";
import { supervise } from "./trainer/supervise";

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Gyrus", { log: true });
  const experiments = new Experiments(experimentReader(context));
  const supervisor = supervise(context, experiments, log);
  const panels = new PanelDoors({ extensionUri: context.extensionUri, log });
  const tree = new ExperimentsTree(experiments, supervisor, (maps) => panels.compare(maps));
  const gyrus: Gyrus = { context, log, experiments, supervisor, tree, panels };

  const keys = new ContextKeys();
  const tellKeys = () => {
    keys.set("gyrus.searched", experiments.searched);
    keys.set("gyrus.hasExperimentFile", experiments.files.length > 0);
    keys.set(
      "gyrus.hasPending",
      supervisor.launches.some(({ state }) => state.kind === "queued"),
    );
    keys.set("gyrus.hasRun", experiments.views.length > 0);
    keys.set(
      "gyrus.hasFinishedRun",
      experiments.views.some(({ status }) => status === "finished"),
    );
  };

  context.subscriptions.push(
    log,
    experiments,
    supervisor,
    panels,
    tree,
    new FilesTree(experiments),
    new Decorations(experiments),
    new TrainingStatusBar(experiments, supervisor),
    new TrainingNotifications(experiments, supervisor, log),
    experiments.onDidChange(tellKeys),
    supervisor.onDidChange(tellKeys),
    workspace.onDidGrantWorkspaceTrust(() => supervisor.startNext()),
    ...registerCommands(commandTable(gyrus), log),
  );
}
