/** What the panels with a viewer have in common: how the user looks at it, the layers over it, pictures of it, and what outlives a reload. */
import { LitElement } from "lit";
import { state } from "lit/decorators.js";
import type { Triple } from "../../../../src/space/triple";
import { Host } from "../../host";
import type { KeptLayer } from "../layers/layerReader";
import { LayerStack } from "../layers/layerStack";
import type { FromViewer, LayerAnswer } from "../layers/messages";
import { follow } from "../sight";
import { picturesOf } from "../takePicture";
import type { ViewerSettings } from "./viewerSettings";

/** What survives a reload of the window besides the files. */
export interface ViewerState {
  readonly view: ViewerSettings;
  /** The last one is on top. */
  readonly layers?: readonly KeptLayer[];
}

export abstract class ViewerPanel<
  Incoming extends { readonly kind: string },
  Outgoing,
  State extends ViewerState,
> extends LitElement {
  protected readonly host = new Host<Incoming, Outgoing | FromViewer, State>();
  @state() protected accessor settings: State | null = null;
  protected readonly layers = new LayerStack(
    (uri, volume) => this.openLayer(uri, volume),
    () => this.settings?.layers ?? [],
    (layers) => this.change({ layers }),
  );
  protected readonly pictures = picturesOf(
    () => this.renderRoot.querySelectorAll("gyrus-volume"),
    () => this.pictureName,
    (name, content) => this.host.post({ kind: "save", name, content }),
  );

  /** Of a file, without extension. */
  protected abstract get pictureName(): string;
  protected abstract isState(stored: unknown): stored is State;
  protected abstract openLayer(uri: string, volume: number): Promise<LayerAnswer>;
  protected abstract receive(message: Incoming): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.settings = this.host.recall((stored) => this.isState(stored)) ?? null;
    this.host.listen((message) => this.receive(message));
    this.host.post({ kind: "hello" });
  }

  /** The crosshair goes to a voxel, which stays in sight. @param size of the image */
  protected moveTo(voxel: Triple, size: Triple): void {
    this.look({ voxel, zoom: follow(this.settings?.view.zoom ?? null, voxel, size) });
  }

  protected readonly look = (changed: Partial<ViewerSettings>): void => {
    const { settings } = this;
    if (settings !== null) this.change({ view: { ...settings.view, ...changed } });
  };

  protected change(changed: Partial<State> | Partial<ViewerState>): void {
    if (this.settings !== null) this.remember({ ...this.settings, ...changed });
  }

  protected remember(settings: State): void {
    this.settings = settings;
    this.host.remember(settings);
  }
}
