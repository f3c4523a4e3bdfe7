/** The Experiments view. */
import {
  commands,
  type DataTransfer,
  DataTransferItem,
  type Disposable,
  EventEmitter,
  l10n,
  type Memento,
  type TreeDataProvider,
  type TreeDragAndDropController,
  type TreeItem,
  type TreeView,
  window,
} from "vscode";
import { isLive } from "../../run/state";
import { ask } from "../commands/steps";
import type { ContextKey } from "../contextKeys";
import { Disposables } from "../disposables";
import { counted } from "../language";
import { asMessage } from "../plainText";
import type { TrainerSupervisor } from "../trainer/supervisor";
import type { Experiments } from "./experiments";
import { isWithin } from "./folderExperiments";
import { childrenOf, type FolderContent, mapsOf, type Node, parentOf, rootNodes } from "./nodes";
import { Pace } from "./pace";
import { mapsTooltip, treeItem } from "./treeItems";
import { filteredViews, isPutAway, TREE_ORDERS, type TreeOrder } from "./treeOrder";
import { TreeRows } from "./treeRows";

/** Milliseconds. VS Code draws a tree after 200 ms without a change: what changes more often is never drawn. */
const redrawInterval = 300;
const ORDER = "experiments.order";
const FILTER = "experiments.filter";
const ARCHIVED = "experiments.archived";
const dragType = "application/vnd.code.tree.gyrus.experiments";

export class ExperimentsTree implements TreeDataProvider<Node>, TreeDragAndDropController<Node>, Disposable {
  readonly #parts = new Disposables();
  readonly #changed = this.#parts.add(new EventEmitter<Node[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly dragMimeTypes = [dragType];
  readonly dropMimeTypes = [dragType];
  readonly #rows = new TreeRows();
  readonly #told = new Map<ContextKey, boolean>();
  readonly #view: TreeView<Node>;
  readonly #experiments: Experiments;
  readonly #supervisor: TrainerSupervisor;
  readonly #compare: (maps: readonly string[]) => void;
  readonly #memory: Memento;
  readonly #pace: Pace;
  #order: TreeOrder;
  #filter: string;
  #showsArchived: boolean;

  constructor(
    experiments: Experiments,
    supervisor: TrainerSupervisor,
    memory: Memento,
    compare: (maps: readonly string[]) => void,
  ) {
    this.#experiments = experiments;
    this.#supervisor = supervisor;
    this.#compare = compare;
    this.#memory = memory;
    this.#order = TREE_ORDERS.find((order) => order === memory.get(ORDER)) ?? "date";
    this.#filter = String(memory.get(FILTER) ?? "");
    this.#showsArchived = memory.get(ARCHIVED) === true;

    this.#view = this.#parts.add(
      window.createTreeView("gyrus.experiments", {
        treeDataProvider: this,
        dragAndDropController: this,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this.#pace = this.#parts.add(
      new Pace(redrawInterval, () => {
        const changed = this.#rows.update(this.#contents());
        if (changed === undefined || changed.length > 0) this.#changed.fire(changed);
        this.#showBadge();
        this.#sayHidden();
      }),
    );
    this.#parts.add(experiments.onDidChange(() => this.#pace.ask()));
    this.#parts.add(supervisor.onDidChange(() => this.#pace.ask()));
    this.#sayHidden();
  }

  /** Asks in which order the experiments are shown. */
  async askOrder(): Promise<void> {
    const items = TREE_ORDERS.map((order) => ({
      label: orderWord(order),
      order,
      picked: order === this.#order,
    }));
    const picked = await window.showQuickPick(items, { title: l10n.t("Sort experiments by") });
    if (picked === undefined) return;
    this.#order = picked.order;
    await this.#memory.update(ORDER, picked.order);
    this.#drawAnew();
  }

  /** Asks for words that the experiments that are shown must hold. */
  async askFilter(): Promise<void> {
    const place = { title: l10n.t("Filter experiments"), step: 1, totalSteps: 1 };
    const prompt = l10n.t("Words of the name, the state, the network or the task");
    const filter = await ask(place, prompt, this.#filter, () => undefined);
    if (typeof filter === "string") await this.setFilter(filter);
  }

  async setFilter(filter: string): Promise<void> {
    this.#filter = filter.trim();
    await this.#memory.update(FILTER, this.#filter);
    this.#sayHidden();
    this.#drawAnew();
  }

  /** Shows what the user has archived among the others, or no longer. */
  async showArchived(shown: boolean): Promise<void> {
    this.#showsArchived = shown;
    await this.#memory.update(ARCHIVED, shown);
    this.#sayHidden();
    this.#drawAnew();
  }

  /** All rows: which there are has changed, and what comes next is compared with these. */
  #drawAnew(): void {
    this.#rows.update(this.#contents());
    this.#changed.fire(undefined);
  }

  /** What hides rows is said above them. */
  #sayHidden(): void {
    const archived = this.#experiments.views.filter(isPutAway).length;
    const hidden = this.#showsArchived ? 0 : archived;
    const said = [
      ...(this.#filter === "" ? [] : [l10n.t("Those with “{0}”", this.#filter)]),
      ...(hidden === 0 ? [] : [counted("{0} archived {0|experiment is|experiments are} not shown.", hidden)]),
    ];
    const message = asMessage(said.join(" · "));
    if (this.#view.message !== message) this.#view.message = message;
    this.#tell("gyrus.isFiltered", this.#filter !== "");
    this.#tell("gyrus.hidesArchived", hidden > 0);
    this.#tell("gyrus.showsArchived", this.#showsArchived && archived > 0);
  }

  #tell(key: ContextKey, value: boolean): void {
    if (this.#told.get(key) === value) return;
    this.#told.set(key, value);
    void commands.executeCommand("setContext", key, value);
  }

  getChildren(node?: Node): Node[] {
    const contents = this.#contents();
    return this.#rows.given(node === undefined ? rootNodes(contents) : childrenOf(node, contents));
  }

  getTreeItem(node: Node): TreeItem {
    return treeItem(node);
  }

  resolveTreeItem(item: TreeItem, node: Node): TreeItem {
    if (node.kind === "maps") item.tooltip = mapsTooltip(node.view, node.waiting);
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
      views: filteredViews(
        this.#showsArchived ? views : views.filter((view) => !isPutAway(view)),
        this.#filter,
      ),
      order: this.#order,
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

function orderWord(order: TreeOrder): string {
  switch (order) {
    case "date":
      return l10n.t("Date: the latest first");
    case "name":
      return l10n.t("Name");
    case "state":
      return l10n.t("State");
    case "best":
      return l10n.t("Best result on the validation set");
  }
}
