/** The Experiment Files view: what can be trained. */
import { dirname } from "node:path";
import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  TreeItem,
  Uri,
  window,
  workspace,
} from "vscode";
import { experimentName } from "../../experiment/file/experimentFileName";
import { Disposables } from "../disposables";
import type { Experiments } from "./experiments";

/** Path of an experiment file. */
export class FilesTree implements TreeDataProvider<string>, Disposable {
  readonly #parts = new Disposables();
  readonly #changed = this.#parts.add(new EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #shown = "";
  readonly #experiments: Experiments;

  constructor(experiments: Experiments) {
    this.#experiments = experiments;

    this.#parts.add(window.createTreeView("gyrus.files", { treeDataProvider: this }));
    this.#parts.add(
      experiments.onDidChange(() => {
        const files = experiments.files.join("\n");
        if (files === this.#shown) return;
        this.#shown = files;
        this.#changed.fire(undefined);
      }),
    );
  }

  getChildren(file?: string): string[] {
    return file === undefined ? [...this.#experiments.files] : [];
  }

  getTreeItem(file: string): TreeItem {
    const uri = Uri.file(file);
    const item = new TreeItem(uri);
    const folder = workspace.asRelativePath(dirname(file));
    item.id = file;
    item.label = experimentName(file);
    item.description = folder === dirname(file) ? "" : folder;
    item.tooltip = file;
    item.accessibilityInformation = { label: item.label };
    item.contextValue = "experimentFile";
    item.command = { command: "vscode.open", title: "", arguments: [uri] };
    return item;
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
