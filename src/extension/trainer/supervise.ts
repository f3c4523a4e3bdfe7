/** The supervisor of this window, with VS Code and the machine around it. */
import { availableParallelism, hostname } from "node:os";
import { type ExtensionContext, env, type LogOutputChannel, workspace } from "vscode";
import { broughtNode } from "../../files/broughtNode";
import { mapsPlace } from "../../maps/folder/place";
import { lookAlone } from "../../maps/units/ownPlaces";
import { claimWorkPlace, leaveWorkPlace, workPlaces } from "../../maps/units/workPlaces";
import { isLive } from "../../run/state";
import { type Need, withoutOne } from "../../run/trainingQueue";
import type { Experiments } from "../experiments/experiments";
import { settings } from "../settings";
import { engineSearchPath } from "./engineSearch";
import { isQueued, needOf, restoredTasks } from "./launch";
import { realNode } from "./realNode";
import { TrainerSupervisor } from "./supervisor";
import { runTrainer } from "./trainerProcess";
import { type TrainerProgram, type TrainerTask, trainerProgram, trainerWords } from "./trainerProgram";

const queueKey = "gyrus.queue";
/** Milliseconds; costs nothing while nothing waits or trains. */
const LOOK_EVERY = 2_000;

export function supervise(
  context: ExtensionContext,
  experiments: Experiments,
  log: LogOutputChannel,
): TrainerSupervisor {
  const supervisor = new TrainerSupervisor({
    async run(task, signal) {
      const program = await programOf(context, task);
      log.info(`${program.command} ${program.words.join(" ")}`);
      return runTrainer(program, mapsPlace(task.maps).trainerLog, signal);
    },
    limits: () => ({
      trainings: settings.maxConcurrentTrainings(),
      cores: settings.queueCores() || availableParallelism(),
      freeMemory: settings.queueFreeMemory() * 1e9,
    }),
    // Where the window runs in a container, that of the container.
    freeMemory: () => process.availableMemory(),
    othersWorking: (own) => othersWorking(experiments, own),
    lookAlone: () => lookAlone(),
    claim: (task) => claimWorkPlace({ maps: task.maps, ...needOf(task) }),
    unclaim: ({ maps }) => leaveWorkPlace(maps),
    keep: (queued) => void context.workspaceState.update(queueKey, queued),
  });
  // What waited when the window was reloaded waits on; it starts when the files have told what is going on already.
  const waiting = restoredTasks(context.workspaceState.get(queueKey));
  const restore = experiments.onDidChange(() => {
    const known = experiments.searched && experiments.views.every(({ status }) => status !== "unread");
    if (!known || !workspace.isTrusted) return;
    restore.dispose();
    for (const task of waiting) supervisor.submit(task);
    context.subscriptions.push(experiments.onDidChangeStatus(() => supervisor.startNext()));
    // Trainings of other windows and of terminals end without a word to this one.
    const look = setInterval(() => {
      supervisor.startNext();
      // A run that had stopped is looked at no more until its files change, and not every disk tells that they do.
      for (const launch of supervisor.launches) if (!isQueued(launch)) experiments.touch(launch.task.maps);
    }, LOOK_EVERY);
    look.unref();
    context.subscriptions.push({ dispose: () => clearInterval(look) });
  });
  context.subscriptions.push(restore);
  return supervisor;
}

/**
 * What trains on this machine: what has a place there, and what the MAPS of this window tell of.
 * @param own the MAPS that this window trains, each with one trainer
 */
function othersWorking(experiments: Experiments, own: ReadonlySet<string>): readonly Need[] {
  const placed = workPlaces();
  const known = new Set(placed.map(({ maps }) => maps));
  const told = experiments.views.filter(
    ({ maps, status, trainers }) =>
      isLive(status) &&
      trainers.some(({ host }) => host === hostname()) &&
      !own.has(maps) &&
      !known.has(maps),
  );
  return [...withoutOne(placed, own), ...told.map(() => ({ threads: 0, card: null }))];
}

/** The command line of a training, by the settings of this moment. */
function programOf(context: ExtensionContext, task: TrainerTask): Promise<TrainerProgram> {
  const choice = { engine: settings.engine(), device: settings.device(), threads: settings.threads() };
  return gyrusProgram(context, trainerWords(task, choice));
}

/** The command line `gyrus ...words`. */
export async function gyrusProgram(
  context: ExtensionContext,
  words: readonly string[],
): Promise<TrainerProgram> {
  const cli = context.asAbsolutePath("dist/cli.js");
  const environment = {
    ...process.env,
    GYRUS_ENGINES: enginesOf(context),
    GYRUS_LANGUAGE: env.language,
  };
  return trainerProgram(cli, words, (await nodeHere()) ?? process.execPath, environment);
}

/** The Node of the trainer, as `realNode` finds it; null for the editor's own Electron. */
export const nodeHere = (): Promise<string | null> =>
  realNode({
    nodePath: settings.nodePath(),
    execPath: process.execPath,
    electron: process.versions.electron !== undefined,
    path: process.env.PATH ?? "",
    brought: broughtNode(),
    platform: process.platform,
    arch: process.arch,
  });

function enginesOf(context: ExtensionContext): string {
  const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
  const local = folders.filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
  return engineSearchPath({
    chosen: settings.engineFolders(),
    named: process.env.GYRUS_ENGINES,
    storage: context.globalStorageUri.fsPath,
    workspaceFolders: local,
  });
}
