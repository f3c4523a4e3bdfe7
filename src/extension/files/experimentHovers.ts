/** Besides the documentation of its key: what a value of an experiment file leads to. */
import { Hover, type HoverProvider, l10n, type Position, type TextDocument } from "vscode";
import type { Experiment } from "../../experiment/experiment";
import { experimentNetwork } from "../../experiment/experimentNetwork";
import { traceShapes } from "../../network/shapes/shape";
import { ARCHITECTURES, ZOO } from "../../network/zoo/zoo";
import { asMarkdown, plainMarkdown } from "../plainText";
import type { ExperimentFacts } from "./experimentCheck";
import { rangeOf } from "./experimentDiagnostics";
import type { ExperimentDocuments } from "./experimentDocuments";
import { factsWords, sizeWords } from "./factsWords";
import { placeOf } from "./jsonPlaces";

export class ExperimentHovers implements HoverProvider {
  readonly #documents: ExperimentDocuments;

  constructor(documents: ExperimentDocuments) {
    this.#documents = documents;
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const state = this.#documents.state(document);
    const experiment = state?.check?.experiment ?? null;
    const facts = state?.data?.facts ?? null;
    if (state?.text == null || experiment === null || facts === null) return undefined;
    for (const [key, words] of Object.entries(explanations)) {
      const { name, value } = placeOf(state.text, key);
      const range = rangeOf(document, value);
      const pointed =
        range.contains(position) || (name !== null && rangeOf(document, name).contains(position));
      if (name !== null && pointed) return new Hover(plainMarkdown(words(experiment, facts)), range);
    }
    return undefined;
  }
}

type Explanation = (experiment: Experiment, facts: ExperimentFacts) => string;

const explanations: Readonly<Record<string, Explanation>> = {
  architecture: networkWords,
  tsv_path: (_experiment, facts) => asMarkdown(factsWords(facts)),
  images: (_experiment, facts) => asMarkdown(factsWords(facts)),
  caps_directory: (_experiment, facts) => asMarkdown(factsWords(facts)),
  preprocessing_dict: (_experiment, facts) => asMarkdown(factsWords(facts)),
};

/** The blocks of the network with their shapes, as it will be trained. */
function networkWords(experiment: Experiment, { inputSize, classes }: ExperimentFacts): string {
  const network = experimentNetwork(experiment, { inputSize, classes: classes.length });
  const layers = traceShapes(network).map(
    ({ path, layer, output }) => `| ${asMarkdown(path)} | ${layer.kind} | ${sizeWords(output)} |`,
  );
  const known = ARCHITECTURES.find((name) => name === experiment.architecture);
  const description = known === undefined ? "" : `${ZOO[known].description}\n\n`;
  const head = `| ${l10n.t("Layer")} | | ${l10n.t("Output")} |\n|---|---|---|`;
  return `${description}${l10n.t("Input: {0}", sizeWords(inputSize))}\n\n${head}\n${layers.join("\n")}`;
}
