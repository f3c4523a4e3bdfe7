/** Problems of experiment files in the editor. */
import { basename } from "node:path";
import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Location,
  l10n,
  languages,
  Range,
  type TextDocument,
  Uri,
} from "vscode";
import type { Problem } from "../../experiment/problems/problem";
import { Disposables } from "../disposables";
import { lineHere, sentencesHere } from "../language";
import type { ExperimentDocuments, ExperimentState } from "./experimentDocuments";
import { isGiven, placeOf, type Span } from "./jsonPlaces";
import { keyOf, otherPlace } from "./problemPlaces";

export class ExperimentDiagnostics implements Disposable {
  readonly #parts = new Disposables();
  readonly #collection = this.#parts.add(languages.createDiagnosticCollection("gyrus"));
  readonly #documents: ExperimentDocuments;

  constructor(documents: ExperimentDocuments) {
    this.#documents = documents;

    this.#parts.add(documents.onDidChange((document) => this.#show(document)));
    this.#parts.add(documents.onDidClose((document) => this.#collection.delete(document.uri)));
  }

  #show(document: TextDocument): void {
    const state = this.#documents.state(document);
    this.#collection.set(document.uri, state === undefined ? [] : diagnosticsOf(document, state));
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

/** Every problem that is known, with its place in the text. */
export function placedProblems(
  document: TextDocument,
  { text, check, data }: ExperimentState,
): { readonly problem: Problem; readonly key: string; readonly range: Range }[] {
  if (text === null) return [];
  const problems = [...(check?.problems ?? []), ...(data?.problems ?? [])];
  return problems.map((problem) => {
    const key = keyOf(problem, document.fileName, check?.experiment ?? null);
    const { name, value } = placeOf(text, key);
    const isName = (problem.instead !== undefined && "names" in problem.instead) || !isGiven(text, key);
    return { problem, key, range: rangeOf(document, isName ? (name ?? value) : value) };
  });
}

export const rangeOf = (document: TextDocument, { offset, length }: Span) =>
  new Range(document.positionAt(offset), document.positionAt(offset + length));

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  notice: DiagnosticSeverity.Information,
} as const satisfies Record<Problem["severity"], DiagnosticSeverity>;

function diagnosticsOf(document: TextDocument, state: ExperimentState): Diagnostic[] {
  // While the text is no JSON, what was said of it last stands nowhere.
  if (state.noJson !== null) return noJson(document, state.noJson);
  return placedProblems(document, state).map(({ problem, range }) => {
    const severity = SEVERITIES[problem.severity];
    const other = otherPlace(problem, document.fileName);
    const place =
      other === null ? "" : `${basename(other.file)}${other.row === null ? "" : `:${other.row}`}: `;
    const diagnostic = new Diagnostic(range, `${place}${lineHere(problem)}`, severity);
    diagnostic.source = "Gyrus";
    if (other !== null) {
      const line = Math.max(0, (other.row ?? 1) - 1);
      const location = new Location(Uri.file(other.file), new Range(line, 0, line, 0));
      diagnostic.relatedInformation = [
        new DiagnosticRelatedInformation(location, sentencesHere(problem).message),
      ];
    }
    return diagnostic;
  });
}

/** VS Code says it of JSON itself, not of a file that is shown as something else: JSON with comments, plain text. */
function noJson(document: TextDocument, place: Span): Diagnostic[] {
  if (document.languageId === "json") return [];
  const message = l10n.t("This is not JSON from here on. An experiment file has no comments.");
  const diagnostic = new Diagnostic(rangeOf(document, place), message, DiagnosticSeverity.Error);
  diagnostic.source = "Gyrus";
  return [diagnostic];
}
