/** The settings of the manifest, read where they are needed so that a change counts at once. */
import { type Uri, workspace } from "vscode";

const gyrus = (scope?: Uri) => workspace.getConfiguration("gyrus", scope);

export type NotificationSetting = "always" | "problems" | "never";

export const settings = {
  maxConcurrentTrainings: () => Math.max(1, gyrus().get<number>("maxConcurrentTrainings", 1)),
  /** Cores for all trainings together; 0 for those of the machine. */
  queueCores: () => Math.max(0, gyrus().get<number>("queueCores", 0)),
  /** GB that must be free for a further training to begin. */
  queueFreeMemory: () => Math.max(0, gyrus().get<number>("queueFreeMemory", 1)),
  /** Relative to the experiment file; "" is its own folder. */
  mapsFolder: (experiment: Uri) => gyrus(experiment).get<string>("mapsFolder", ""),
  openPanelOnTrain: () => gyrus().get<boolean>("openPanelOnTrain", true),
  notifications: () => gyrus().get<NotificationSetting>("notifications", "always"),
  engine: () => gyrus().get<string>("engine", "experiment"),
  /** Part of the name of a graphics card, or its number; "" leaves the choice to the experiment file. */
  device: () => gyrus().get<string>("device", "").trim(),
  engineFolders: () => listOfTexts(gyrus().get<unknown>("engineFolders")),
  threads: () => gyrus().get<number>("threads", 0),
  /** What a cluster is asked for, as it stands in the settings: `src/cluster` tells what of it is none. */
  cluster: () => gyrus().get<unknown>("cluster", {}),
  /** "" is the Node inside VS Code. */
  nodePath: () => gyrus().get<string>("nodePath", "").trim(),
};

/** VS Code warns of a value of another type, and gives it all the same. */
function listOfTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
