/** Every command of the manifest by name, and how it is registered. */
import { commands, type Disposable, type LogOutputChannel } from "vscode";
import { reportError } from "../report";

export const COMMANDS = [
  "train",
  "stop",
  "stopAfterEpoch",
  "kill",
  "resume",
  "cancel",
  "startNow",
  "moveUp",
  "submit",
  "submitAgain",
  "cancelJobs",
  "openPanel",
  "compare",
  "openRuns",
  "renameMaps",
  "deleteMaps",
  "restoreMaps",
  "sortExperiments",
  "filterExperiments",
  "clearExperimentFilter",
  "showArchived",
  "hideArchived",
  "predict",
  "showResults",
  "interpret",
  "writeReport",
  "showArchitecture",
  "showTransposition",
  "previewInputs",
  "openSideBySide",
  "auditData",
  "clearCache",
  "newExperiment",
  "makeSplits",
  "openExperiment",
  "openLog",
  "reveal",
  "refresh",
  "createDemo",
  "doctor",
  "installGpuEngine",
  "openWalkthrough",
] as const;

export type CommandName = (typeof COMMANDS)[number];
export type CommandId = `gyrus.${CommandName}`;
/**
 * What a command does. Arguments come from wherever it was pressed: a row of the tree (and the selected rows), a file of the
 * explorer, a link; none from the palette.
 */
export type CommandHandler = (...given: readonly unknown[]) => Promise<void>;
/** A command without a handler does not compile. */
export type CommandTable = Readonly<Record<CommandName, CommandHandler>>;

/** What the manifest says of commands, in the language of the user: VS Code gives a translated title with its original. */
export interface CommandTitles {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string | { readonly value: string };
    }[];
  };
}

export function titleOf({ contributes }: CommandTitles, id: CommandId): string {
  const title = contributes.commands.find(({ command }) => command === id)?.title ?? id;
  return typeof title === "string" ? title : title.value;
}

export function registerCommands(
  table: CommandTable,
  log: LogOutputChannel,
  manifest: CommandTitles,
): Disposable[] {
  return COMMANDS.map((name) =>
    commands.registerCommand(`gyrus.${name}` satisfies CommandId, async (...given: readonly unknown[]) => {
      try {
        await table[name](...given);
      } catch (error) {
        reportError(log, titleOf(manifest, `gyrus.${name}`), error);
      }
    }),
  );
}
