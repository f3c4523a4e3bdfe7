/** One item in the status bar while something trains. */
import { basename } from "node:path";
import { type Disposable, l10n, StatusBarAlignment, window } from "vscode";
import { isLive } from "../../run/state";
import { Disposables } from "../disposables";
import type { Experiments } from "../experiments/experiments";
import type { MapsView } from "../experiments/mapsView";
import { bestWords, mapsDescription, progressWords } from "../experiments/words";
import { counted } from "../language";
import type { TrainerSupervisor } from "./supervisor";

export class TrainingStatusBar implements Disposable {
  readonly #parts = new Disposables();
  readonly #item = this.#parts.add(window.createStatusBarItem("gyrus.training", StatusBarAlignment.Left, 10));
  readonly #experiments: Experiments;
  readonly #supervisor: TrainerSupervisor;

  constructor(experiments: Experiments, supervisor: TrainerSupervisor) {
    this.#experiments = experiments;
    this.#supervisor = supervisor;

    this.#item.name = l10n.t("Gyrus Training");
    this.#parts.add(experiments.onDidChange(() => this.#show()));
    this.#parts.add(supervisor.onDidChange(() => this.#show()));
    this.#show();
  }

  #show(): void {
    const live = this.#experiments.views.filter((view) => isLive(view.status));
    const submitted = this.#experiments.views.filter(({ status }) => status === "queued");
    const waiting = this.#supervisor.launches.filter((launch) => launch.state.kind !== "training");
    const [first] = live;
    const [next] = waiting;
    if (first === undefined && next === undefined && submitted.length === 0) {
      this.#item.hide();
      return;
    }
    const text =
      first === undefined
        ? next === undefined
          ? queuedWords(submitted)
          : l10n.t("{0} starting", basename(next.task.maps))
        : live.length === 1
          ? oneTraining(first)
          : counted("{0} {0|training|trainings}", live.length);
    this.#item.text = `$(${first === undefined && next === undefined ? "clock" : "sync~spin"}) ${text}`;
    this.#item.tooltip = [
      ...live.map(oneTraining),
      ...waiting.map(({ task, state }) =>
        state.kind === "queued"
          ? l10n.t("{0} queued", basename(task.maps))
          : l10n.t("{0} starting", basename(task.maps)),
      ),
      ...submitted.map(onCluster),
    ].join("\n");
    this.#item.accessibilityInformation = { label: l10n.t("Gyrus: {0}", text) };
    const [only, ...others] = live.length > 0 || next !== undefined ? live : submitted;
    this.#item.command =
      only !== undefined && others.length === 0
        ? { command: "gyrus.openPanel", title: l10n.t("Open Training Panel"), arguments: [only.maps] }
        : "gyrus.experiments.focus";
    this.#item.show();
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

/** What waits for the scheduler of a cluster. */
function queuedWords([first, ...others]: readonly MapsView[]): string {
  return first !== undefined && others.length === 0
    ? onCluster(first)
    : counted("{0} {0|training|trainings} queued", others.length + 1);
}

const onCluster = (view: MapsView) => `${basename(view.maps)} · ${mapsDescription(view)}`;

/** "demo · split 0 · epoch 3/20 · BA 0.812"; on a cluster "demo · 2 running, 3 queued". */
function oneTraining(view: MapsView): string {
  if (view.cluster !== null) return onCluster(view);
  const networks = view.splits.find(({ split }) => split === view.progress?.split)?.networks;
  const best = networks?.find(({ network }) => network === view.progress?.network)?.best[0];
  return [basename(view.maps), ...progressWords(view), ...(best === undefined ? [] : [bestWords(best)])].join(
    " · ",
  );
}
