/** Badges in the Explorer on the folders of MAPS: what trains, what failed. */
import {
  type Disposable,
  EventEmitter,
  FileDecoration,
  type FileDecorationProvider,
  ThemeColor,
  Uri,
  window,
} from "vscode";
import type { RunState } from "../../run/state";
import { Disposables } from "../disposables";
import type { Experiments } from "./experiments";
import type { MapsView } from "./mapsView";
import { statusWord } from "./statusWord";

export class Decorations implements FileDecorationProvider, Disposable {
  readonly #parts = new Disposables();
  readonly #changed = this.#parts.add(new EventEmitter<Uri[]>());
  readonly onDidChangeFileDecorations = this.#changed.event;
  #shown = new Map<string, RunState>();
  readonly #experiments: Experiments;

  constructor(experiments: Experiments) {
    this.#experiments = experiments;

    this.#parts.add(window.registerFileDecorationProvider(this));
    this.#parts.add(experiments.onDidChange(() => this.#update()));
  }

  provideFileDecoration(uri: Uri): FileDecoration | undefined {
    if (uri.scheme !== "file") return undefined;
    const view = this.#experiments.view(uri.fsPath);
    return view === undefined ? undefined : decorationOf(view);
  }

  #update(): void {
    const now = new Map(this.#experiments.views.map((view) => [view.maps, view.status]));
    const paths = new Set([...now.keys(), ...this.#shown.keys()]);
    const changed = [...paths].filter((path) => now.get(path) !== this.#shown.get(path));
    this.#shown = now;
    if (changed.length > 0) this.#changed.fire(changed.map((path) => Uri.file(path)));
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

function decorationOf({ status }: MapsView): FileDecoration | undefined {
  const badge = (text: string, color?: string) =>
    new FileDecoration(
      text,
      `Gyrus: ${statusWord(status)}`,
      color === undefined ? undefined : new ThemeColor(color),
    );
  switch (status) {
    case "running":
    case "stopping":
      return badge("●", "charts.blue");
    case "queued":
      return badge("○", "charts.blue");
    case "silent":
    case "interrupted":
    case "unknown":
      return badge("?", "list.warningForeground");
    case "failed":
      return badge("!", "list.errorForeground");
    case "stopped":
      return badge("‖");
    case "cancelled":
      return badge("×");
    case "finished":
      return badge("★");
    case "unread":
    case "missing":
      return undefined;
  }
}
