/**
 * The ways into the panels. What draws and follows is loaded when a panel is opened, or when a reloaded window brings one
 * back; until then VS Code only knows that it can be asked for.
 */
import {
  type CustomReadonlyEditorProvider,
  type Disposable,
  type WebviewPanelSerializer,
  window,
} from "vscode";
import { Disposables } from "./disposables";
import type { PanelServices } from "./panels/panelFrame";

/** Panels of one kind, as their file exports them. */
interface PanelSet extends WebviewPanelSerializer, Disposable {}

export class PanelDoors implements Disposable {
  readonly #parts = new Disposables();

  readonly #training = this.#door(["gyrus.training"], async () => {
    const { TrainingPanels } = await import("./panels/trainingPanels");
    return new TrainingPanels(this.#services);
  });

  /** Both views of networks come from one set of panels, which opens the one from the other. */
  readonly #networks = this.#door(["gyrus.architecture", "gyrus.transposition"], async () => {
    const { NetworkPanels } = await import("./panels/networkPanels");
    return new NetworkPanels(this.#services);
  });

  readonly #comparisons = this.#door(["gyrus.compare"], async () => {
    const { ComparePanels } = await import("./panels/compare/comparePanels");
    return new ComparePanels(this.#services);
  });

  readonly #inputs = this.#door(["gyrus.inputs"], async () => {
    const { InputPanels } = await import("./panels/inputs/inputPanels");
    return new InputPanels(this.#services);
  });
  readonly #services: PanelServices;

  constructor(services: PanelServices) {
    this.#services = services;

    this.#parts.add(
      window.registerCustomEditorProvider("gyrus.nifti", this.#imageEditors(), {
        supportsMultipleEditorsPerDocument: true,
      }),
    );
  }

  /** Curves and state of one MAPS. */
  async openTraining(maps: string): Promise<void> {
    (await this.#training()).open(maps);
  }

  async compare(maps: readonly string[]): Promise<void> {
    (await this.#comparisons()).open(maps);
  }

  /** `source`: an experiment file, or a MAPS. Undefined: any network of the zoo, chosen in the view. */
  async showArchitecture(source: string | undefined): Promise<void> {
    (await this.#networks()).open("architecture", source);
  }

  async showTransposition(source: string | undefined): Promise<void> {
    (await this.#networks()).open("transposition", source);
  }

  /** What the network gets from each image of an experiment. */
  async previewInputs(experimentFile: string): Promise<void> {
    (await this.#inputs()).open(experimentFile);
  }

  /** The editor of NIfTI files: it looks and never writes. */
  #imageEditors(): CustomReadonlyEditorProvider {
    return {
      openCustomDocument: (uri) => ({ uri, dispose() {} }),
      resolveCustomEditor: async ({ uri }, panel) => {
        const { NiftiEditors } = await import("./panels/nifti/niftiEditors");
        new NiftiEditors(this.#services).fill(uri, panel);
      },
    };
  }

  /** A kind of panel that is loaded once, when it is first needed. */
  #door<Panels extends PanelSet>(
    viewTypes: readonly string[],
    load: () => Promise<Panels>,
  ): () => Promise<Panels> {
    let loading: Promise<Panels> | undefined;
    const open = () => {
      loading ??= load().then((panels) => this.#parts.add(panels));
      return loading;
    };
    const serializer: WebviewPanelSerializer = {
      deserializeWebviewPanel: async (panel, state) => (await open()).deserializeWebviewPanel(panel, state),
    };
    for (const viewType of viewTypes)
      this.#parts.add(window.registerWebviewPanelSerializer(viewType, serializer));
    return open;
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
