/** What the user is told when a training ends, whoever started it, each end once. */
import { basename } from "node:path";
import { commands, type Disposable, type LogOutputChannel, l10n, TabInputWebview, window } from "vscode";
import { EXIT } from "../../run/exitCodes";
import { goesOn } from "../../run/state";
import { failureWords } from "../cluster/clusterWords";
import { unitName } from "../cluster/unitName";
import { Disposables } from "../disposables";
import type { Experiments } from "../experiments/experiments";
import { canResume, canSubmitAgain, type MapsView } from "../experiments/mapsView";
import { bestWords, endWords } from "../experiments/words";
import { problemWords } from "../problemWords";
import { type NotificationAction, notify } from "../report";
import { settings } from "../settings";
import type { EndedLaunch, TrainerSupervisor } from "./supervisor";
import { lastLines } from "./trainerLog";

export class TrainingNotifications implements Disposable {
  readonly #parts = new Disposables();
  /** MAPS whose process is ours: its end tells more than its files. */
  readonly #own = new Set<string>();
  readonly #experiments: Experiments;
  readonly #log: LogOutputChannel;

  constructor(experiments: Experiments, supervisor: TrainerSupervisor, log: LogOutputChannel) {
    this.#experiments = experiments;
    this.#log = log;

    this.#parts.add(
      experiments.onDidChangeStatus(({ before, after }) => {
        if (after.status === "silent") this.#tellSilent(after);
        else if (goesOn(before.status) && !goesOn(after.status) && !this.#own.has(after.maps)) {
          this.#tellEnd(after);
        }
      }),
    );
    this.#parts.add(
      supervisor.onDidChange(() => {
        for (const { task, state } of supervisor.launches)
          if (state.kind !== "queued") this.#own.add(task.maps);
      }),
    );
    this.#parts.add(supervisor.onDidEnd((ended) => void this.#tellEndOfOwn(ended)));
    this.#parts.add(
      supervisor.onDidStartSlowly(({ maps }) => {
        this.#tell("information", l10n.t("The trainer of {0} still checks the data.", basename(maps)), [
          openLog(maps),
          { title: l10n.t("Cancel Training"), run: () => run("cancel", maps) },
        ]);
      }),
    );
  }

  async #tellEndOfOwn(ended: EndedLaunch): Promise<void> {
    const { task, end, output } = ended;
    const view = await this.#experiments.readNow(task.maps);
    this.#own.delete(task.maps);
    if (ended.cancelled && !ended.madeMaps) return;
    if (end.kind === "unstartable") return this.#tellUnstartable(end.reason);
    if (ended.lostMaps) return this.#tell("warning", lostWords(task.maps), [this.#showLog]);
    if (end.code === 0 || end.code === EXIT.stopped) return view === null ? undefined : this.#tellEnd(view);
    const name = basename(task.maps);
    this.#log.error(`${name}: the trainer ended with ${end.code ?? end.signal}.\n${output}`);
    if (view !== null && end.code !== EXIT.badInput) return this.#tellEnd(view, await lastWords(output));
    const said =
      (await lastWords(output)) || l10n.t("The trainer ended with {0}.", end.code ?? end.signal ?? "");
    const doctor = { title: l10n.t("Check the Installation"), run: () => run("doctor") };
    this.#tell("error", `${l10n.t("{0} was not trained.", name)} ${said}`, [
      ...(end.code === EXIT.badInput ? [] : [doctor]),
      this.#showLog,
    ]);
  }

  #tellUnstartable(reason: string): void {
    this.#log.error(`The trainer could not be started: ${reason}`);
    const nodePath = settings.nodePath();
    const change = {
      title: l10n.t("Change Node Path"),
      run: () => commands.executeCommand("workbench.action.openSettings", "gyrus.nodePath"),
    };
    if (nodePath === "") {
      this.#tell("error", l10n.t("The trainer could not be started: {0}", reason), [this.#showLog]);
    } else {
      const message = l10n.t("The trainer could not be started with {0}: {1}", nodePath, reason);
      this.#tell("error", message, [change, this.#showLog]);
    }
  }

  /** A run that came to an end. `said`: what its trainer printed last, where that is known. */
  #tellEnd(view: MapsView, said = ""): void {
    const name = basename(view.maps);
    const open = { title: l10n.t("Open Training Panel"), run: () => run("openPanel", view.maps) };
    const resume = { title: l10n.t("Resume"), run: () => run("resume", view.maps) };
    const submit = { title: l10n.t("Submit Again"), run: () => run("submitAgain", view.maps) };
    const again = canSubmitAgain(view) ? [submit] : canResume(view) ? [resume] : [];
    switch (view.status) {
      case "finished": {
        const best = view.splits.flatMap(({ networks }) => networks.flatMap((network) => network.best));
        const values = best.length > 0 && best.length <= 3 ? ` ${best.map(bestWords).join(", ")}.` : "";
        const results = { title: l10n.t("Show Results"), run: () => run("showResults", view.maps) };
        const next = panelIsInFront(view.maps) ? results : open;
        this.#tell("information", l10n.t("{0} has finished training.", name) + values, [next]);
        return;
      }
      case "stopped":
        this.#tell("information", l10n.t("{0} has stopped.", name), [...again, open]);
        return;
      case "interrupted":
        this.#tell("warning", l10n.t("{0} was interrupted: its trainer is gone.", name), [...again, open]);
        return;
      case "failed": {
        const reasons = failureWords(view.cluster?.units ?? []);
        const why = reasons.length > 0 ? reasons.slice(0, 3).join("; ") : endWords(view) || said;
        const failed = view.cluster?.units.find(({ state, log }) => state === "failed" && log !== null);
        const log = failed === undefined ? openLog(view.maps) : openLog(view.maps, unitName(failed));
        this.#tell("error", `${l10n.t("{0} has failed.", name)} ${why}`.trim(), [...again, open, log]);
        return;
      }
      case "cancelled":
        this.#tell("information", l10n.t("{0} was cancelled.", name), [...again, open]);
        return;
      case "queued":
      case "running":
      case "stopping":
      case "silent":
      case "unread":
      case "missing":
      case "unknown":
        return;
    }
  }

  #tellSilent({ maps }: MapsView): void {
    const message = l10n.t("The trainer of {0} has given no sign for a while.", basename(maps));
    this.#tell("warning", message, [openLog(maps), { title: l10n.t("Kill…"), run: () => run("kill", maps) }]);
  }

  #tell(
    kind: "information" | "warning" | "error",
    message: string,
    actions: readonly NotificationAction[],
  ): void {
    const wanted = settings.notifications();
    if (wanted === "always" || (wanted === "problems" && kind !== "information"))
      notify(kind, message, actions);
    else this.#log.info(message);
  }

  get #showLog(): NotificationAction {
    return { title: l10n.t("Show Log"), run: () => this.#log.show() };
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

/** The problems with which a trainer ended, or the lines before its end where it left none. */
async function lastWords(output: string): Promise<string> {
  const { readEnd } = await import("../commands/replies");
  const problems = readEnd(output);
  return problems.length > 0 ? problemWords(problems) : lastLines(output);
}

const lostWords = (maps: string) =>
  l10n.t(
    "{0} was moved, renamed or deleted while it was trained: its trainer has ended. At its new place, Resume goes on from the last checkpoint.",
    basename(maps),
  );

/** Whether the user looks at the training panel of this MAPS, as far as its tab tells. */
function panelIsInFront(maps: string): boolean {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  return (
    tab?.input instanceof TabInputWebview &&
    tab.input.viewType.includes("gyrus.training") &&
    tab.label === basename(maps)
  );
}

const run = (command: string, ...given: unknown[]) => commands.executeCommand(`gyrus.${command}`, ...given);
/** @param unit its name, for the log of its job on a cluster */
const openLog = (maps: string, ...unit: readonly string[]) => ({
  title: l10n.t("Open Log"),
  run: () => run("openLog", maps, ...unit),
});
