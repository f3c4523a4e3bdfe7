/**
 * The ways into the panels. What draws and follows is loaded when a panel is opened, or when a reloaded window brings one
 * back; until then VS Code only knows that it can be asked for.
 */
import { type CustomReadonlyEditorProvider, commands, type Disposable, window } from "vscode";
import type { ExplainSubject } from "../../webview/explain/messages";
import { Disposables } from "./disposables";
import type { NetworkSubject } from "./panels/networkPanel";
import type { PanelServices } from "./panels/panelFrame";
import type { PanelKind } from "./panels/panelKind";
import type { PanelSet } from "./panels/panelSet";
import type { ResultsSubject } from "./panels/results/resultsSession";
import type { RunsSubject } from "./panels/runs/runsPanel";
import type { KnownRuns } from "./panels/runs/runsSession";

export class PanelDoors implements Disposable {
  readonly #services: PanelServices;
  readonly #parts = new Disposables();

  /** Curves and state of one MAPS. */
  readonly openTraining: (maps: string) => Promise<void>;
  /** Every MAPS of the window in one table. */
  readonly openRuns: (subject: RunsSubject) => Promise<void>;
  readonly compare: (maps: readonly string[]) => Promise<void>;
  /** How good the networks of a MAPS are on one of its data groups, and who was wrong. */
  readonly openResults: (subject: ResultsSubject) => Promise<void>;
  /** What the network gets from each image of an experiment. */
  readonly previewInputs: (experimentFile: string) => Promise<void>;
  /** Where the answers for a data group come from, over the anatomy. */
  readonly explain: (subject: ExplainSubject) => Promise<void>;
  readonly #showNetwork: (subject: NetworkSubject) => Promise<void>;

  constructor(services: PanelServices, known: KnownRuns) {
    this.#services = services;
    this.openTraining = this.#door(
      ["gyrus.training"],
      async () => (await import("./panels/trainingPanel")).trainingPanel,
    );
    this.openRuns = this.#door(["gyrus.runs"], async () =>
      (await import("./panels/runs/runsPanel")).runsPanel(known),
    );
    this.compare = this.#door(
      ["gyrus.compare"],
      async () => (await import("./panels/compare/comparePanel")).comparePanel,
    );
    this.openResults = this.#door(
      ["gyrus.results"],
      async () => (await import("./panels/results/resultsPanel")).resultsPanel,
    );
    this.previewInputs = this.#door(
      ["gyrus.inputs"],
      async () => (await import("./panels/inputs/inputsPanel")).inputsPanel,
    );
    this.explain = this.#door(
      ["gyrus.explain"],
      async () => (await import("./panels/explain/explainPanel")).explainPanel,
    );
    // Both views of networks are of one kind, which opens the one from the other.
    this.#showNetwork = this.#door(
      ["gyrus.architecture", "gyrus.transposition"],
      async () => (await import("./panels/networkPanel")).networkPanel,
    );
    this.#parts.add(
      window.registerCustomEditorProvider("gyrus.nifti", this.#imageEditors(), {
        supportsMultipleEditorsPerDocument: true,
      }),
    );
  }

  /** `source`: an experiment file, or a MAPS. Undefined: any network of the zoo, chosen in the view. */
  showArchitecture(source: string | undefined): Promise<void> {
    return this.#showNetwork({ view: "architecture", source });
  }

  showTransposition(source: string | undefined): Promise<void> {
    return this.#showNetwork({ view: "transposition", source });
  }

  /** The editor of NIfTI files: it looks and never writes. */
  #imageEditors(): CustomReadonlyEditorProvider {
    return {
      openCustomDocument: (uri) => ({ uri, dispose() {} }),
      resolveCustomEditor: async ({ uri }, panel) => {
        const [{ niftiPanel }, { servePanel }, { offerAsDefault }] = await Promise.all([
          import("./panels/nifti/niftiPanel"),
          import("./panels/panelSet"),
          import("./panels/nifti/offerAsDefault"),
        ]);
        servePanel(niftiPanel, panel, uri, this.#services, (other) => {
          void commands.executeCommand("vscode.open", other);
        });
        void offerAsDefault(this.#services.memory);
      },
    };
  }

  /** A kind of panel that is loaded once, when it is first needed. Returns what opens a panel of it. */
  #door<Subject, Received, Sent>(
    viewTypes: readonly string[],
    load: () => Promise<PanelKind<Subject, Received, Sent>>,
  ): (subject: Subject) => Promise<void> {
    let loading: Promise<PanelSet<Subject, Received, Sent>> | undefined;
    const panels = () => {
      loading ??= Promise.all([load(), import("./panels/panelSet")]).then(([kind, { PanelSet }]) =>
        this.#parts.add(new PanelSet(kind, this.#services)),
      );
      return loading;
    };
    for (const viewType of viewTypes)
      this.#parts.add(
        window.registerWebviewPanelSerializer(viewType, {
          deserializeWebviewPanel: async (panel, state) =>
            (await panels()).deserializeWebviewPanel(panel, state),
        }),
      );
    return async (subject) => (await panels()).open(subject);
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
