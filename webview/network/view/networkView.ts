/** What the architecture and the transposition view have in common: where the network comes from and what the user changes. */
import { LitElement } from "lit";
import { state } from "lit/decorators.js";
import { Host } from "../../shared/host";
import { useTranslations } from "../../shared/text";
import type { Lettering } from "../drawing/lettering";
import type { FromNetworkView, NetworkSource, SourceState, ToNetworkView } from "../messages";
import type { NetworkChoice } from "../request";
import { canvasLettering } from "./canvasLettering";

/** What survives a reload of the window. `view` belongs to the view alone. */
export interface StoredNetworkView<View> {
  readonly version: 1;
  readonly uri: string | null;
  readonly choice: NetworkChoice;
  readonly view: View;
}

const NOTHING_CHOSEN: NetworkChoice = { architecture: null, inputSize: null, outputSize: null };

export abstract class NetworkView<View> extends LitElement {
  protected readonly host = new Host<ToNetworkView, FromNetworkView, StoredNetworkView<View>>();
  @state() protected accessor sourceState: SourceState | null = null;
  @state() protected accessor choice: NetworkChoice = NOTHING_CHOSEN;
  @state() protected accessor view: View;
  #uri: string | null = null;

  protected constructor(usual: View) {
    super();
    this.view = usual;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const stored = this.host.recall((value): value is StoredNetworkView<View> => isStored(value));
    if (stored !== undefined) {
      this.#uri = stored.uri;
      this.choice = stored.choice;
      this.view = stored.view;
    }
    this.host.listen((message) => this.#receive(message));
    this.host.post({ kind: "hello" });
  }

  /** The network of the experiment or MAPS; null without one. */
  protected get source(): NetworkSource | null {
    return this.sourceState?.kind === "read" ? this.sourceState.source : null;
  }

  /** Of the font that the editor has at this moment. */
  protected get lettering(): Lettering {
    return canvasLettering(getComputedStyle(document.body).fontFamily);
  }

  protected change(changed: { readonly choice?: NetworkChoice; readonly view?: View }): void {
    this.choice = changed.choice ?? this.choice;
    this.view = changed.view ?? this.view;
    this.#remember();
  }

  #receive(message: ToNetworkView): void {
    switch (message.kind) {
      case "welcome":
        useTranslations(message.texts);
        if (message.uri !== this.#uri) this.choice = NOTHING_CHOSEN;
        this.#uri = message.uri;
        this.sourceState = message.source;
        this.#remember();
        return;
      case "source":
        this.sourceState = message.source;
        return;
    }
  }

  #remember(): void {
    this.host.remember({ version: 1, uri: this.#uri, choice: this.choice, view: this.view });
  }
}

function isStored(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    value.version === 1 &&
    "choice" in value &&
    "view" in value
  );
}
