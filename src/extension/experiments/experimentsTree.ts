/** The Experiments view. */
import {
  type DataTransfer,
  DataTransferItem,
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  type TreeDragAndDropController,
  type TreeItem,
  type TreeView,
  window,
} from "vscode";
import { isLive } from "../../run/state";
import { Disposables } from "../disposables";
import { counted } from "../language";
import type { TrainerSupervisor } from "../trainer/supervisor";
import type { Experiments } from "./experiments";
import { isWithin } from "./folderExperiments";
import { childrenOf, type FolderContent, mapsOf, type Node, parentOf, rootNodes } from "./nodes";
import { Pace } from "./pace";
import { mapsTooltip, treeItem } from "./treeItems";
import { TreeRows } from "./treeRows";

/** Milliseconds. VS Code draws a tree after 200 ms without a change: what changes more often is never drawn. */
const redrawInterval = 300;
const dragType = "application/vnd.code.tree.gyrus.experiments";

export class ExperimentsTree implements TreeDataProvider<Node>, TreeDragAndDropController<Node>, Disposable {
  readonly #parts = new Disposables();
  readonly #changed = this.#parts.add(new EventEmitter<Node[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly dragMimeTypes = [dragType];
  readonly dropMimeTypes = [dragType];
  readonly #rows = new TreeRows();
  readonly #view: TreeView<Node>;
  readonly #experiments: Experiments;
  readonly #supervisor: TrainerSupervisor;
  readonly #compare: (maps: readonly string[]) => void;

  constructor(
    experiments: Experiments,
    supervisor: TrainerSupervisor,
    compare: (maps: readonly string[]) => void,
  ) {
    this.#experiments = experiments;
    this.#supervisor = supervisor;
    this.#compare = compare;

    this.#view = this.#parts.add(
      window.createTreeView("gyrus.experiments", {
        treeDataProvider: this,
        dragAndDropController: this,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    const pace = this.#parts.add(
      new Pace(redrawInterval, () => {
        const changed = this.#rows.update(this.#contents());
        if (changed === undefined || changed.length > 0) this.#changed.fire(changed);
        this.#showBadge();
      }),
    );
    this.#parts.add(experiments.onDidChange(() => pace.ask()));
    this.#parts.add(supervisor.onDidChange(() => pace.ask()));
  }

  getChildren(node?: Node): Node[] {
    const contents = this.#contents();
    return this.#rows.given(node === undefined ? rootNodes(contents) : childrenOf(node, contents));
  }

  getTreeItem(node: Node): TreeItem {
    return treeItem(node);
  }

  resolveTreeItem(item: TreeItem, node: Node): TreeItem {
    if (node.kind === "maps") item.tooltip = mapsTooltip(node.view);
    return item;
  }

  getParent(node: Node): Node | undefined {
    return parentOf(node, this.#experiments.folders.length > 1);
  }

  /** Rows that are selected, for commands from the palette. */
  get selection(): readonly Node[] {
    return this.#view.selection;
  }

  handleDrag(source: readonly Node[], data: DataTransfer): void {
    const maps = source.flatMap((node) => mapsOf(node) ?? []);
    data.set(dragType, new DataTransferItem([...new Set(maps)]));
  }

  /** Experiments that are dropped on another are compared with it. */
  handleDrop(target: Node | undefined, data: DataTransfer): void {
    const dragged: unknown = data.get(dragType)?.value;
    const onto = target === undefined ? undefined : mapsOf(target);
    if (!Array.isArray(dragged) || onto === undefined) return;
    const maps = [...dragged.filter((path): path is string => typeof path === "string"), onto];
    if (new Set(maps).size > 1) this.#compare([...new Set(maps)]);
  }

  #contents(): FolderContent[] {
    const folders = this.#experiments.folders;
    return folders.map(({ folder, views }, index) => ({
      folder: folder.uri.fsPath,
      name: folder.name,
      views,
      launches: this.#supervisor.launches.filter(({ task }) => {
        const home = folders.findIndex((store) => isWithin(task.maps, store.folder.uri.fsPath));
        // A MAPS outside of the workspace is shown with the first folder, for as long as it waits.
        return (home === -1 ? 0 : home) === index;
      }),
    }));
  }

  #showBadge(): void {
    const live = this.#experiments.views.filter((view) => isLive(view.status)).length;
    this.#view.badge =
      live === 0
        ? undefined
        : { value: live, tooltip: counted("{0} {0|training is|trainings are} going on", live) };
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
