/** What the user is told when a training ends, whoever started it, each end once. */
import { basename } from "node:path";
import { commands, type Disposable, type LogOutputChannel, l10n } from "vscode";
import { Disposables } from "../disposables";
import type { Experiments } from "../experiments/experiments";
import { canResume, isLive, type MapsView } from "../experiments/mapsView";
import { bestWords } from "../experiments/words";
import { type NotificationAction, notify } from "../report";
import { settings } from "../settings";
import type { EndedLaunch, TrainerSupervisor } from "./supervisor";
import type { TrainerTask } from "./trainerProgram";

export class TrainingNotifications implements Disposable {
  private readonly parts = new Disposables();

  constructor(
    private readonly experiments: Experiments,
    supervisor: TrainerSupervisor,
    private readonly log: LogOutputChannel,
  ) {
    this.parts.add(
      experiments.onDidChangeStatus(({ before, after }) => {
        if (after.status === "silent") this.tellSilent(after);
        else if (isLive(before.status) && !isLive(after.status)) this.tellEnd(after);
      }),
    );
    this.parts.add(supervisor.onDidEnd((ended) => this.tellTrainerEnd(ended)));
    this.parts.add(supervisor.onDidStartSlowly((task) => this.tellSlowStart(task)));
  }

  /** A run that came to an end in its files. */
  private tellEnd(view: MapsView): void {
    const name = basename(view.maps);
    const open = { title: l10n.t("Open Training Panel"), run: () => run("openPanel", view.maps) };
    const resume = { title: l10n.t("Resume"), run: () => run("resume", view.maps) };
    const again = canResume(view) ? [resume] : [];
    const reason = view.message === "" ? "" : ` ${view.message}`;
    switch (view.status) {
      case "finished": {
        const best = view.splits.flatMap(({ networks }) => networks.flatMap((network) => network.best));
        const values = best.length > 0 && best.length <= 3 ? ` ${best.map(bestWords).join(", ")}.` : "";
        this.tell("information", l10n.t("{0} has finished training.", name) + values, [open]);
        return;
      }
      case "stopped":
        this.tell("information", l10n.t("{0} has stopped.", name), [...again, open]);
        return;
      case "interrupted":
        this.tell("warning", l10n.t("{0} was interrupted: its trainer is gone.", name), [...again, open]);
        return;
      case "failed":
        this.tell("error", l10n.t("{0} has failed.", name) + reason, [...again, open, openLog(view.maps)]);
        return;
      case "running":
      case "stopping":
      case "silent":
      case "unread":
        return;
    }
  }

  private tellSilent(view: MapsView): void {
    const message = l10n.t("The trainer of {0} has given no sign for a while.", basename(view.maps));
    const kill = { title: l10n.t("Kill…"), run: () => run("kill", view.maps) };
    this.tell("warning", message, [openLog(view.maps), kill]);
  }

  /** A trainer of this window that ended without a word in its files: it never began. */
  private tellTrainerEnd({ task, end, output, madeMaps }: EndedLaunch): void {
    this.experiments.touch(task.maps);
    const name = basename(task.maps);
    const showLog = { title: l10n.t("Show Log"), run: () => this.log.show() };
    if (end.kind === "unstartable") {
      this.log.error(`${name}: ${end.reason}`);
      const nodePath = settings.nodePath();
      const message =
        nodePath === ""
          ? l10n.t("The trainer could not be started: {0}", end.reason)
          : l10n.t("The trainer could not be started with {0}: {1}", nodePath, end.reason);
      const change = {
        title: l10n.t("Change Node Path"),
        run: () => commands.executeCommand("workbench.action.openSettings", "gyrus.nodePath"),
      };
      this.tell("error", message, nodePath === "" ? [showLog] : [change, showLog]);
      return;
    }
    if (end.code === 0 || (madeMaps && task.kind === "train")) return;
    if (end.code === exitStopped) return;
    this.log.error(`${name}: the trainer ended with ${end.code ?? end.signal}.\n${output}`);
    const said = lastLines(output);
    const message =
      end.code === null
        ? l10n.t("The trainer of {0} was killed ({1}) before it began.", name, end.signal ?? "")
        : l10n.t("{0} was not trained.", name) + (said === "" ? "" : ` ${said}`);
    const doctor = { title: l10n.t("Check the Installation"), run: () => run("doctor") };
    this.tell("error", message, said === "" ? [doctor, showLog] : [showLog]);
  }

  private tellSlowStart(task: TrainerTask): void {
    const message = l10n.t("The trainer of {0} still checks the data.", basename(task.maps));
    this.tell("information", message, [openLog(task.maps)]);
  }

  private tell(
    kind: "information" | "warning" | "error",
    message: string,
    actions: readonly NotificationAction[],
  ): void {
    const wanted = settings.notifications();
    if (wanted === "always" || (wanted === "problems" && kind !== "information"))
      notify(kind, message, actions);
    else this.log.info(message);
  }

  dispose(): void {
    this.parts.dispose();
  }
}

/** Exit code of a trainer that was asked to stop. */
const exitStopped = 130;

const run = (command: string, ...given: unknown[]) => commands.executeCommand(`gyrus.${command}`, ...given);
const openLog = (maps: string) => ({ title: l10n.t("Open Log"), run: () => run("openLog", maps) });

/** What the trainer said last: its error stands at the end of what it printed. */
export function lastLines(output: string, lines = 3): string {
  const said = output.split(/\r?\n/).map((line) => line.trim());
  return said
    .filter((line) => line !== "")
    .slice(-lines)
    .join(" ");
}
