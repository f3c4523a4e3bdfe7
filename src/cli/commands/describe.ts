import { readFileSync } from "node:fs";
import { layerListSchema } from "../../experiment/customArchitecture";
import { experimentNetwork } from "../../experiment/experimentNetwork";
import { parseJsonText } from "../../experiment/jsonText";
import { InputError } from "../../experiment/problem";
import { problem } from "../../experiment/problemTable";
import { unreadableJson } from "../../experiment/resolve";
import type { LayerList } from "../../network/customArchitecture";
import type { Network } from "../../network/network";
import { countParameters } from "../../network/parameters";
import { type TracedLayer, traceShapes } from "../../network/shape";
import { ARCHITECTURES, type Task, ZOO } from "../../network/zoo/zoo";
import { onlyWord, parseWords, wholeNumber } from "../arguments";
import { type Command, EXIT } from "../command";
import { formatSize, parseInputSize } from "../inputSize";
import { textTable } from "../textTable";

const DEFAULT_INPUT = "1@169x208x179";

export const describe: Command = {
  name: "describe",
  usage: "describe ARCHITECTURE [--input-size 1@169x208x179] [--output-size 2] [--autoencoder] [--json]",
  summary: "Shows the layers of a network with their shapes and parameters.",
  help: [
    `ARCHITECTURE      ${ARCHITECTURES.join(", ")}, or a JSON file of your own layers`,
    `--input-size      channels@sizes of one image (default ${DEFAULT_INPUT})`,
    "--output-size     number of classes (default 2)",
    "--autoencoder     the autoencoder that transposition makes of its convolutions",
    "--latent-size     latent size of CAE_half (default 128)",
    "--json            prints one JSON object",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      "input-size": { type: "string", default: DEFAULT_INPUT },
      "output-size": { type: "string" },
      "latent-size": { type: "string" },
      autoencoder: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    });
    const architecture = readArchitecture(onlyWord(positionals, "ARCHITECTURE"));
    const network = experimentNetwork(
      {
        architecture,
        network_task: values.autoencoder ? "reconstruction" : taskOf(architecture),
        dropout: 0,
        latent_space_size: wholeNumber("latent-size", values["latent-size"], 1) ?? 128,
      },
      {
        inputSize: parseInputSize(values["input-size"]),
        classes: wholeNumber("output-size", values["output-size"], 1) ?? 2,
      },
    );
    const layers = traceShapes(network);
    terminal.print(values.json ? asJson(network, layers) : asText(network, layers));
    return EXIT.done;
  },
};

/** The first task that the network is made for: a name that ends in an autoencoder asks for reconstruction. */
function taskOf(architecture: string | LayerList): Task {
  if (typeof architecture !== "string")
    return architecture.fc === undefined ? "reconstruction" : "classification";
  const known = ARCHITECTURES.find((name) => name === architecture);
  return (known && ZOO[known].tasks[0]) ?? "classification";
}

/** A name of the zoo, or the layers of a JSON file: those of an experiment, or a bare list. */
function readArchitecture(word: string): string | LayerList {
  if (!word.endsWith(".json")) return word;
  const json = readJson(word);
  const inside =
    typeof json === "object" && json !== null && "architecture" in json ? json.architecture : json;
  if (typeof inside === "string") return inside;
  const parsed = layerListSchema.safeParse(inside);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map((issue) =>
      problem(
        "architecture.unreadable",
        { file: word, where: issue.path.join(".") },
        { reason: issue.message },
      ),
    ),
  );
}

function readJson(file: string): unknown {
  try {
    return parseJsonText(readFileSync(file, "utf8"));
  } catch (error) {
    throw new InputError([unreadableJson(file, error)]);
  }
}

function asJson(network: Network, layers: readonly TracedLayer[]): string {
  return JSON.stringify({
    parameters: countParameters(network),
    layers: layers.map(({ path, layer, input, output, parameters }) => ({
      name: path,
      kind: layer.kind,
      input,
      output,
      parameters,
    })),
  });
}

function asText(network: Network, layers: readonly TracedLayer[]): string {
  const rows = layers.map(({ path, layer, input, output, padding, parameters }) => [
    path,
    layer.kind,
    formatSize(input),
    formatSize(output),
    padding?.some((size) => size > 0) ? padding.join(",") : "",
    parameters === 0 ? "" : parameters.toLocaleString("en"),
  ]);
  return [
    `${network.architecture} for ${formatSize(network.inputSize)}`,
    "",
    textTable(["layer", "kind", "input", "output", "padding", "parameters"], rows),
    "",
    `${countParameters(network).toLocaleString("en")} parameters`,
  ].join("\n");
}
