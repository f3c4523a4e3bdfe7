/**
 * The part of VS Code's API that pure code of the extension touches (values, events, words), for tests without an editor.
 * What the editor does with it is tested in a real one: test/vscode.
 */
export class EventEmitter<T> {
  private listeners: ((value: T) => unknown)[] = [];
  readonly event = (listener: (value: T) => unknown) => {
    this.listeners.push(listener);
    return { dispose: () => this.listeners.splice(this.listeners.indexOf(listener), 1) };
  };
  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
  dispose(): void {
    this.listeners = [];
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState: number,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  static readonly Folder = new ThemeIcon("folder");
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class MarkdownString {
  constructor(public value = "") {}
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendText(text: string): this {
    this.value += text.replace(/[\\`*_{}[\]()#+\-!~|<>]/g, "\\$&");
    return this;
  }
}

export const l10n = {
  /** None is loaded for an English editor. */
  bundle: undefined,
  t: (message: string, ...values: readonly (string | number)[]) =>
    message.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place)),
};

export class Uri {
  readonly scheme = "file";
  private constructor(readonly fsPath: string) {}
  static file(path: string): Uri {
    return new Uri(path);
  }
  static parse(text: string): Uri {
    return new Uri(text.replace(/^file:\/\//, ""));
  }
  static joinPath({ fsPath }: Uri, ...parts: readonly string[]): Uri {
    return new Uri([fsPath, ...parts].join("/"));
  }
  toString(): string {
    return `file://${this.fsPath}`;
  }
}

export class RelativePattern {
  constructor(
    readonly base: unknown,
    readonly pattern: string,
  ) {}
}

export const ViewColumn = { Active: -1, Beside: -2 };
export const env = { language: "en" };
export const commands = {};
export const window = {};
/** Its watchers hear of nothing. */
export const workspace = {
  createFileSystemWatcher: () => {
    const { event } = new EventEmitter<never>();
    return { onDidCreate: event, onDidChange: event, onDidDelete: event, dispose: () => {} };
  },
};
