/** Everything that the editor does for experiment files beyond their schema. Loaded when the first one is opened. */
import { CodeActionKind, type Disposable, languages } from "vscode";
import { EXPERIMENT_ENDING } from "../../experiment/file/experimentFileName";
import { Disposables } from "../disposables";
import { ExperimentDiagnostics } from "./experimentDiagnostics";
import { ExperimentDocuments } from "./experimentDocuments";
import { ExperimentFixes } from "./experimentFixes";
import { ExperimentHovers } from "./experimentHovers";
import { ExperimentLenses } from "./experimentLenses";

/** Whatever it is shown as: many let VS Code show every .json as JSON with comments. */
const selector = { scheme: "file", pattern: `**/*${EXPERIMENT_ENDING}` };

export class ExperimentLanguage implements Disposable {
  readonly #parts = new Disposables();

  constructor() {
    const documents = this.#parts.add(new ExperimentDocuments());
    this.#parts.add(new ExperimentDiagnostics(documents));
    const fixes = this.#parts.add(new ExperimentFixes(documents));
    const lenses = this.#parts.add(new ExperimentLenses(documents));
    const kinds = { providedCodeActionKinds: [CodeActionKind.QuickFix] };
    this.#parts.add(languages.registerCodeActionsProvider(selector, fixes, kinds));
    this.#parts.add(languages.registerCodeLensProvider(selector, lenses));
    this.#parts.add(languages.registerHoverProvider(selector, new ExperimentHovers(documents)));
    documents.start();
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
