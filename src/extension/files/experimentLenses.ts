/** Above an experiment file: what can be done with it, and what it will train on. */
import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  l10n,
  Range,
  type TextDocument,
} from "vscode";
import { Disposables } from "../disposables";
import { rangeOf } from "./experimentDiagnostics";
import type { ExperimentDocuments } from "./experimentDocuments";
import { dataWords, inputWords } from "./factsWords";
import { placeOf } from "./jsonPlaces";

export class ExperimentLenses implements CodeLensProvider, Disposable {
  readonly #parts = new Disposables();
  readonly #changed = this.#parts.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #documents: ExperimentDocuments;

  constructor(documents: ExperimentDocuments) {
    this.#documents = documents;

    this.#parts.add(documents.onDidChange(() => this.#changed.fire()));
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const top = new Range(0, 0, 0, 0);
    const state = this.#documents.state(document);
    const lens = (title: string, command: string, range = top) =>
      new CodeLens(range, { title, command, arguments: command === "" ? [] : [document.uri] });
    const facts = state?.data?.facts ?? null;
    const above = (key: string) => (state?.text ? rangeOf(document, placeOf(state.text, key).value) : top);
    return [
      lens(`$(play) ${l10n.t("Train")}`, "gyrus.train"),
      lens(`$(eye) ${l10n.t("Preview Inputs")}`, "gyrus.previewInputs"),
      lens(`$(checklist) ${l10n.t("Audit Data")}`, "gyrus.auditData"),
      lens(`$(type-hierarchy-sub) ${l10n.t("Show Architecture")}`, "gyrus.showArchitecture"),
      // What it will train on, where that is known, above the key that says so: nothing to press.
      ...(facts === null
        ? []
        : [
            lens(inputWords(facts).join(" · "), ""),
            ...(dataWords(facts).length === 0
              ? []
              : [lens(dataWords(facts).join(" · "), "", above("tsv_path"))]),
          ]),
    ];
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
