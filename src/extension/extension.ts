/** Entry of the extension: makes the parts and connects them. Nothing is read before VS Code has what it waits for. */
import { type ExtensionContext, window, workspace } from "vscode";
import { onCluster } from "./cluster/readCluster";
import { commandTable } from "./commands/commands";
import { registerCommands } from "./commands/commandTable";
import { ContextKeys } from "./contextKeys";
import { Decorations } from "./experiments/decorations";
import { experimentReader } from "./experiments/experimentReader";
import { Experiments } from "./experiments/experiments";
import { ExperimentsTree } from "./experiments/experimentsTree";
import { FilesTree } from "./experiments/filesTree";
import { onFirstExperiment } from "./files/onFirstExperiment";
import type { Gyrus } from "./gyrus";
import { PanelDoors } from "./panelDoors";
import { plainLog } from "./plainText";
import { ReportDocument } from "./reportDocument";
import { settings } from "./settings";
import { TrainingNotifications } from "./trainer/notifications";
import { TrainingStatusBar } from "./trainer/statusBar";
import { supervise } from "./trainer/supervise";
import { trustedReading } from "./trustedReading";

export function activate(context: ExtensionContext): void {
  const log = plainLog(window.createOutputChannel("Gyrus", { log: true }));
  const reading = trustedReading();
  const { queue, readCluster } = onCluster();
  const experiments = new Experiments(experimentReader(context, readCluster));
  const supervisor = supervise(context, experiments, log);
  const { extensionUri, extension, workspaceState, globalState } = context;
  const panels = new PanelDoors(
    { extensionUri, log, version: extension.packageJSON.version, memory: globalState, readCluster },
    experiments,
  );
  const tree = new ExperimentsTree(experiments, supervisor, workspaceState, (maps) => panels.compare(maps));
  const report = new ReportDocument();
  const gyrus: Gyrus = { context, log, experiments, supervisor, tree, panels, report, queue };

  context.subscriptions.push(
    log,
    reading,
    queue,
    experiments,
    supervisor,
    panels,
    tree,
    report,
    new FilesTree(experiments),
    new Decorations(experiments),
    new TrainingStatusBar(experiments, supervisor),
    new TrainingNotifications(experiments, supervisor, log),
    onFirstExperiment(),
    new ContextKeys(experiments, supervisor),
    supervisor.onDidBegin(({ maps }) => settings.openPanelOnTrain() && panels.openTraining(maps)),
    workspace.onDidGrantWorkspaceTrust(() => supervisor.startNext()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("gyrus.maxConcurrentTrainings")) supervisor.startNext();
    }),
    ...registerCommands(commandTable(gyrus), log, context.extension.packageJSON),
  );
}
