/** How a row of the Experiments tree looks: words, icon, what can be done with it. */
import { basename, dirname, relative } from "node:path";
import { l10n, type MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import type { ClusterUnit } from "../../cluster/clusterState";
import type { NetworkSummary } from "../../maps/folder/summary";
import { goesOn, isLive, type RunState } from "../../run/state";
import { countWords, failureWords, unitWords } from "../cluster/clusterWords";
import { predictionLines, predictionWords } from "../cluster/predictionWords";
import { counted, describeHere } from "../language";
import { asMarkdown, plainMarkdown } from "../plainText";
import type { LaunchState } from "../trainer/launch";
import { canCancelJobs, canResume, canSubmitAgain, type MapsView, openPredictions } from "./mapsView";
import {
  clusterUnitsOf,
  type GroupNode,
  groupsOf,
  idOf,
  type MapsNode,
  type NetworkNode,
  type Node,
  type PendingNode,
  predictionOf,
  type SplitNode,
  unitsOf,
} from "./nodes";
import { shortageWords } from "./shortageWords";
import { statusWord } from "./statusWord";
import { endWords, epochWords, mapsDescription, progressWords, reachedWords } from "./words";

const { Collapsed, Expanded, None } = TreeItemCollapsibleState;

export function treeItem(node: Node): TreeItem {
  const item = plainItem(node);
  item.id = idOf(node);
  item.accessibilityInformation ??= {
    label: [item.label, item.description]
      .filter((part) => typeof part === "string" && part !== "")
      .join(", "),
  };
  return item;
}

function plainItem(node: Node): TreeItem {
  switch (node.kind) {
    case "folder":
      return completed(new TreeItem(node.name, Expanded), {
        iconPath: ThemeIcon.Folder,
        contextValue: "folder",
      });
    case "pending":
      return pendingItem(node);
    case "maps":
      return mapsItem(node);
    case "split": {
      const { split, networks } = node.split;
      const ended = networks.filter((network) => network.end !== null).length;
      const several = networks.length > 1;
      const done = several
        ? counted("{0} of {1} {1|network|networks} trained", ended, networks.length)
        : epochsDone(networks[0], node.parent.view);
      return completed(new TreeItem(l10n.t("split {0}", split), several ? Collapsed : Expanded), {
        iconPath: new ThemeIcon("git-branch"),
        contextValue: unitTokens(node),
        ...unitLooks(clusterUnitsOf(node), done),
      });
    }
    case "network":
      return completed(new TreeItem(l10n.t("network {0}", node.network.network ?? 0), Collapsed), {
        iconPath: new ThemeIcon("type-hierarchy-sub"),
        contextValue: unitTokens(node),
        ...unitLooks(clusterUnitsOf(node), epochsDone(node.network, node.parent.parent.view)),
      });
    case "best": {
      const { metric, value, epoch } = node.best;
      const at = epoch === null ? [] : [epochWords(epoch + 1, null)];
      return completed(new TreeItem(l10n.t("best {0}", metric), None), {
        description: [reachedWords(value), ...at].join(" · "),
        iconPath: new ThemeIcon("star-full", new ThemeColor("charts.yellow")),
        tooltip: l10n.t("Model with the best validation {0}, kept in best-{0}.", metric),
        contextValue: "best",
      });
    }
    case "groups":
      return completed(new TreeItem(l10n.t("data groups"), Collapsed), {
        description: String(groupsOf(node.parent.view).length),
        iconPath: new ThemeIcon("organization"),
        contextValue: "groups",
      });
    case "group":
      return groupItem(node);
  }
}

const completed = (item: TreeItem, rest: Partial<TreeItem>) => Object.assign(item, rest);

/** How the row of a split or a network looks, by its units on a cluster. `done`: how far it has come, in words. */
function unitLooks(units: readonly ClusterUnit[], done: string): Partial<TreeItem> {
  const [unit, ...others] = units;
  if (unit === undefined) return { description: done };
  if (others.length > 0) return { description: `${done} · ${countWords(units)}` };
  const hasBegun = unit.state !== "queued" && done !== "";
  return {
    description: [unitWords(unit), ...(hasBegun ? [done] : [])].join(" · "),
    iconPath: statusIcon(unit.state),
  };
}

/** Of a group that a cluster predicts for the first time there are no results to show yet. */
function groupItem(node: GroupNode): TreeItem {
  const item = new TreeItem(node.group, None);
  const prediction = predictionOf(node);
  const hasTables = node.parent.parent.view.groups.includes(node.group);
  if (hasTables)
    item.command = { command: "gyrus.showResults", title: l10n.t("Show Results"), arguments: [node] };
  const kind = hasTables ? "group" : "awaited";
  if (prediction === undefined)
    return completed(item, { iconPath: new ThemeIcon("table"), contextValue: kind });
  const jobs = [...prediction.parts, prediction.join];
  const tokens = tokensThatHold([
    ["canCancelJobs", goesOn(prediction.state)],
    ["hasJobLog", jobs.some(({ log }) => log !== null)],
  ]);
  return completed(item, {
    description: predictionWords(prediction),
    iconPath: statusIcon(prediction.state),
    tooltip: predictionLines(prediction).join("\n"),
    contextValue: [kind, ...tokens].join(" "),
  });
}

function epochsDone(network: NetworkSummary | undefined, view: MapsView): string {
  if (network === undefined || network.epoch === 0) return l10n.t("not started");
  // A MAPS of ClinicaDL does not tell.
  return network.epoch === null ? "" : epochWords(network.epoch, view.epochs);
}

function pendingItem({ launch: { task, state } }: PendingNode): TreeItem {
  const item = new TreeItem(basename(task.maps), None);
  if (state.kind !== "queued")
    return completed(item, {
      description: waitingWords(state),
      iconPath: new ThemeIcon("sync~spin"),
      tooltip: l10n.t("The trainer checks the experiment and its data."),
      contextValue: "pending canCancel",
    });
  return completed(item, {
    description: waitingWords(state),
    iconPath: new ThemeIcon("clock"),
    tooltip: shortageWords(state.shortage),
    contextValue: ["pending", "canCancel", "canStartNow", ...(state.place > 1 ? ["canMoveUp"] : [])].join(
      " ",
    ),
  });
}

const waitingWords = (state: LaunchState): string =>
  state.kind === "queued" ? l10n.t("waiting in the queue, place {0}", state.place) : l10n.t("starting");

function mapsItem({ folder, view, waiting }: MapsNode): TreeItem {
  const place = relative(folder, dirname(view.maps));
  return completed(new TreeItem(basename(view.maps), Collapsed), {
    description: [
      waiting === null ? mapsDescription(view) : waitingWords(waiting),
      ...(view.archived ? [l10n.t("archived")] : []),
      ...(place === "" ? [] : [place]),
    ].join(" · "),
    iconPath: statusIcon(view.status),
    contextValue: mapsTokens(view, waiting).join(" "),
  });
}

/** What `when` clauses of menus look for in the `viewItem` of a row. */
export const TREE_TOKENS = [
  "maps",
  "pending",
  "canTrain",
  "canStop",
  "canKill",
  "canResume",
  "canCancel",
  "canStartNow",
  "canMoveUp",
  "canSubmit",
  "canCancelJobs",
  "hasJobLog",
] as const;

type HeldTokens = readonly (readonly [(typeof TREE_TOKENS)[number], boolean])[];

const tokensThatHold = (tokens: HeldTokens): string[] =>
  tokens.flatMap(([token, holds]) => (holds ? [token] : []));

function mapsTokens(view: MapsView, waiting: MapsNode["waiting"]): string[] {
  return tokensThatHold([
    ["maps", true],
    ["canTrain", view.own && view.task !== null],
    ["canStop", isLive(view.status)],
    ["canKill", isLive(view.status)],
    ["canResume", canResume(view) && waiting === null],
    ["canCancel", waiting !== null],
    ["canStartNow", waiting?.kind === "queued"],
    ["canMoveUp", waiting?.kind === "queued" && waiting.place > 1],
    ["canSubmit", canSubmitAgain(view)],
    ["canCancelJobs", canCancelJobs(view)],
  ]);
}

function unitTokens(node: SplitNode | NetworkNode): string {
  const units = clusterUnitsOf(node);
  const tokens = tokensThatHold([
    ["canStop", unitsOf(node).length > 0],
    ["canCancelJobs", units.some(({ state }) => goesOn(state))],
    ["hasJobLog", units.length === 1 && units.some(({ log }) => log !== null)],
  ]);
  return [node.kind, ...tokens].join(" ");
}

/** Shape tells the state, colour only repeats it. */
export function statusIcon(status: RunState): ThemeIcon {
  const icon = (name: string, color?: string) =>
    color === undefined ? new ThemeIcon(name) : new ThemeIcon(name, new ThemeColor(color));
  switch (status) {
    case "queued":
      return icon("clock", "charts.blue");
    case "running":
      return icon("sync~spin", "charts.blue");
    case "stopping":
      return icon("loading~spin");
    case "silent":
      return icon("question", "list.warningForeground");
    case "finished":
      return icon("pass", "testing.iconPassed");
    case "stopped":
      return icon("debug-pause");
    case "interrupted":
      return icon("debug-disconnect", "list.warningForeground");
    case "failed":
      return icon("error", "list.errorForeground");
    case "cancelled":
      return icon("circle-slash");
    case "missing":
    case "unknown":
      return icon("warning", "list.warningForeground");
    case "unread":
      return icon("circle-outline");
  }
}

/** Shown when a MAPS is pointed at; made only then. */
export function mapsTooltip(view: MapsView, waiting: MapsNode["waiting"] = null): MarkdownString {
  const text = plainMarkdown("", true);
  text
    .appendMarkdown(`**`)
    .appendText(basename(view.maps))
    .appendMarkdown(`** — ${statusWord(view.status)}\n\n`);
  if (waiting?.kind === "queued") text.appendText(shortageWords(waiting.shortage)).appendMarkdown("\n\n");
  const end = endWords(view);
  if (end !== "") text.appendText(end).appendMarkdown("\n\n");
  for (const line of failureWords(view.cluster?.units ?? [])) text.appendText(line).appendMarkdown("\n\n");
  for (const one of openPredictions(view))
    for (const line of predictionLines(one))
      text.appendText(l10n.t("{0}: {1}", one.group, line)).appendMarkdown("\n\n");
  const network = [view.task, view.architecture].filter((part) => part !== null).join(" · ");
  if (network !== "") text.appendText(network).appendMarkdown("\n\n");
  const progress = progressWords(view).join(" · ");
  if (progress !== "") text.appendText(progress).appendMarkdown("\n\n");
  const rows = view.splits.flatMap(({ split, networks }) =>
    networks.flatMap(({ network, best }) =>
      best.map(({ metric, value, epoch }) => {
        const place =
          network === null ? l10n.t("split {0}", split) : l10n.t("split {0}, network {1}", split, network);
        return `| ${place} | ${asMarkdown(metric)} | ${reachedWords(value)} | ${epoch === null ? "" : epoch + 1} |`;
      }),
    ),
  );
  if (rows.length > 0) {
    const head = [l10n.t("Best model"), l10n.t("Metric"), l10n.t("Validation"), l10n.t("Epoch")];
    text.appendMarkdown(`| ${head.join(" | ")} |\n|---|---|--:|--:|\n${rows.slice(0, 20).join("\n")}\n\n`);
  }
  for (const problem of view.problems) {
    text.appendMarkdown("$(warning) ").appendText(describeHere(problem)).appendMarkdown("\n\n");
  }
  text.appendMarkdown("\n").appendText(view.maps);
  return text;
}
