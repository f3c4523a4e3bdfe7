/** Rows of the Experiments tree as plain data: what exists under what, in which order. */
import type { ClusterUnit } from "../../cluster/clusterState";
import type { PredictionState } from "../../cluster/predictionState";
import type { BestSummary, NetworkSummary, SplitSummary } from "../../maps/folder/summary";
import { goesOn } from "../../run/state";
import type { Launch, LaunchState } from "../trainer/launch";
import { type MapsView, openPredictions } from "./mapsView";
import { compareViews, type TreeOrder } from "./treeOrder";

export type Node =
  | FolderNode
  | PendingNode
  | MapsNode
  | SplitNode
  | NetworkNode
  | BestNode
  | GroupsNode
  | GroupNode;

/** A workspace folder; shown when there are several. */
export interface FolderNode {
  readonly kind: "folder";
  readonly folder: string;
  readonly name: string;
}
/** A training that has no MAPS yet: queued, or starting. */
export interface PendingNode {
  readonly kind: "pending";
  readonly folder: string;
  readonly launch: Launch;
}
export interface MapsNode {
  readonly kind: "maps";
  /** Workspace folder that holds it. */
  readonly folder: string;
  readonly view: MapsView;
  /** Of a resumption that waits for its turn or starts; null where none does. */
  readonly waiting: Exclude<LaunchState, { readonly kind: "training" }> | null;
}
export interface SplitNode {
  readonly kind: "split";
  readonly parent: MapsNode;
  readonly split: SplitSummary;
}
export interface NetworkNode {
  readonly kind: "network";
  readonly parent: SplitNode;
  readonly network: NetworkSummary;
}
export interface BestNode {
  readonly kind: "best";
  readonly parent: SplitNode | NetworkNode;
  readonly best: BestSummary;
}
/** Data groups: the sets that the MAPS was trained, validated and tested on, and those that a cluster predicts. */
export interface GroupsNode {
  readonly kind: "groups";
  readonly parent: MapsNode;
}
export interface GroupNode {
  readonly kind: "group";
  readonly parent: GroupsNode;
  readonly group: string;
}

/** Rows are ours: VS Code gives back to a command the object that the tree gave to VS Code. */
export const isNode = (argument: unknown): argument is Node =>
  typeof argument === "object" && argument !== null && "kind" in argument;

/** One workspace folder with what was found in it. */
export interface FolderContent {
  readonly folder: string;
  readonly name: string;
  readonly views: readonly MapsView[];
  readonly launches: readonly Launch[];
  /** By date unless given. */
  readonly order?: TreeOrder;
}

/** First rows: folders where there are several, else the rows of the only one. */
export function rootNodes(contents: readonly FolderContent[]): Node[] {
  if (contents.length === 1) return contents.flatMap(folderRows);
  return contents.map(({ folder, name }) => ({ kind: "folder", folder, name }));
}

/** What waits, then, by date, what trains, then the latest first. What trains keeps its place: all of it changes all the time. */
export function folderRows({
  folder,
  views,
  launches,
  order = "date",
}: FolderContent): (PendingNode | MapsNode)[] {
  const known = new Set(views.map((view) => view.maps));
  const pending = launches
    .filter((launch) => launch.state.kind !== "training" && !known.has(launch.task.maps))
    .map((launch): PendingNode => ({ kind: "pending", folder, launch }));
  const waiting = new Map(
    launches.flatMap(({ task, state }) => (state.kind === "training" ? [] : [[task.maps, state] as const])),
  );
  const maps = views
    .map((view): MapsNode => ({ kind: "maps", folder, view, waiting: waiting.get(view.maps) ?? null }))
    .sort((a, b) => compareViews(order, a.view, b.view));
  if (order !== "date") return [...pending, ...maps];
  const live = maps.filter(({ view }) => goesOn(view.status));
  live.sort((a, b) => (a.view.maps < b.view.maps ? -1 : 1));
  return [...pending, ...live, ...maps.filter(({ view }) => !goesOn(view.status))];
}

export function childrenOf(node: Node, contents: readonly FolderContent[]): Node[] {
  switch (node.kind) {
    case "folder":
      return contents.filter((content) => content.folder === node.folder).flatMap(folderRows);
    case "maps": {
      const splits = node.view.splits.map((split): SplitNode => ({ kind: "split", parent: node, split }));
      return groupsOf(node.view).length === 0 ? splits : [...splits, { kind: "groups", parent: node }];
    }
    case "split": {
      const [first, ...others] = node.split.networks;
      if (first !== undefined && first.network === null && others.length === 0) return bestNodes(node, first);
      return node.split.networks.map((network) => ({ kind: "network", parent: node, network }));
    }
    case "network":
      return bestNodes(node, node.network);
    case "groups":
      return groupsOf(node.parent.view).map((group) => ({ kind: "group", parent: node, group }));
    case "pending":
    case "best":
    case "group":
      return [];
  }
}

/** Those that have their tables, then those that wait for them. */
export function groupsOf(view: Pick<MapsView, "groups" | "predictions">): readonly string[] {
  const awaited = openPredictions(view).map(({ group }) => group);
  return [...view.groups, ...awaited.filter((group) => !view.groups.includes(group))];
}

/** What a cluster does for the row of a group; undefined where its tables are written, or it was never submitted. */
export const predictionOf = ({ parent, group }: GroupNode): PredictionState | undefined =>
  openPredictions(parent.parent.view).find((one) => one.group === group);

const bestNodes = (parent: SplitNode | NetworkNode, network: NetworkSummary) =>
  network.best.map((best): BestNode => ({ kind: "best", parent, best }));

/** The row above; folders only count where several are shown. */
export function parentOf(node: Node, severalFolders: boolean): Node | undefined {
  switch (node.kind) {
    case "folder":
      return undefined;
    case "pending":
    case "maps":
      return severalFolders ? { kind: "folder", folder: node.folder, name: "" } : undefined;
    case "split":
    case "network":
    case "best":
    case "groups":
    case "group":
      return node.parent;
  }
}

/** Names a row for good: VS Code keeps what is expanded and selected by it. */
export function idOf(node: Node): string {
  switch (node.kind) {
    case "folder":
      return node.folder;
    case "pending":
      return `${node.launch.task.maps}|pending`;
    case "maps":
      return node.view.maps;
    case "split":
      return `${idOf(node.parent)}|${node.split.split}`;
    case "network":
      return `${idOf(node.parent)}|${node.network.network}`;
    case "best":
      return `${idOf(node.parent)}|${node.best.metric}`;
    case "groups":
      return `${idOf(node.parent)}|groups`;
    case "group":
      return `${idOf(node.parent)}|${node.group}`;
  }
}

/** What trains below the row of a split or a network, and can be asked to stop by itself. */
export function unitsOf(node: SplitNode | NetworkNode): readonly (number | null)[] {
  if (node.kind === "split") return node.split.inTraining;
  return node.parent.split.inTraining.filter((network) => network === node.network.network);
}

/** The units of the row of a split or a network that a cluster was given. */
export function clusterUnitsOf(node: SplitNode | NetworkNode): readonly ClusterUnit[] {
  const [{ split }, view] =
    node.kind === "split" ? [node.split, node.parent.view] : [node.parent.split, node.parent.parent.view];
  const units = (view.cluster?.units ?? []).filter((unit) => unit.split === split);
  return node.kind === "split" ? units : units.filter(({ network }) => network === node.network.network);
}

/** The MAPS that a row belongs to; undefined for folders. */
export function mapsOf(node: Node): string | undefined {
  switch (node.kind) {
    case "folder":
      return undefined;
    case "pending":
      return node.launch.task.maps;
    case "maps":
      return node.view.maps;
    case "split":
    case "network":
    case "best":
    case "groups":
    case "group":
      return mapsOf(node.parent);
  }
}
