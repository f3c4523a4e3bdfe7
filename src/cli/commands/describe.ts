import { experimentNetwork } from "../../experiment/experimentNetwork";
import { isRecord } from "../../experiment/file/clinicaDlKeys";
import { parseJsonText } from "../../experiment/file/jsonText";
import { readLayers } from "../../experiment/file/readLayers";
import { unreadableJson } from "../../experiment/file/resolve";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { readUtf8 } from "../../files/reader";
import { usualTask } from "../../network/building/build";
import type { LayerList } from "../../network/building/customArchitecture";
import type { Network } from "../../network/network";
import { type TracedLayer, traceShapes } from "../../network/shapes/shape";
import { countParameters } from "../../network/weights/parameters";
import { ARCHITECTURES } from "../../network/zoo/zoo";
import { defineCommand } from "../command";
import { formatSize, parseInputSize } from "../commandLine/inputSize";
import { textTable } from "../terminal/textTable";
import type { Say } from "../terminal/words";

export const describe = defineCommand({
  name: "describe",
  summary: "Shows the layers of a network with their shapes and parameters.",
  arguments: [
    {
      name: "ARCHITECTURE",
      text: "a name of the zoo, or a JSON file of your own layers",
      completes: "file",
    },
  ],
  options: {
    "input-size": {
      kind: "text",
      value: "SIZE",
      default: "1@169x208x179",
      text: "channels@sizes of one image",
    },
    "output-size": { kind: "whole", value: "N", least: 1, default: 2, text: "number of classes" },
    "latent-size": { kind: "whole", value: "N", least: 1, default: 128, text: "latent size of CAE_half" },
    autoencoder: { kind: "flag", text: "the autoencoder that transposition makes of its convolutions" },
  },
  remarks: [`The zoo: ${ARCHITECTURES.join(", ")}.`],
  examples: ["describe Conv5_FC3", "describe own.json --input-size 1@80x96x80 --autoencoder"],
  async run({ ARCHITECTURE }, options, terminal) {
    const architecture = await readArchitecture(ARCHITECTURE);
    const network = experimentNetwork(
      {
        architecture,
        network_task: options.autoencoder ? "reconstruction" : usualTask(architecture),
        dropout: 0,
        latent_space_size: options["latent-size"],
      },
      { inputSize: parseInputSize(options["input-size"]), classes: options["output-size"] },
    );
    const layers = traceShapes(network);
    return {
      result: asResult(network, layers),
      show: () => terminal.print(asText(network, layers, terminal.text)),
    };
  },
});

/** A name of the zoo, or the layers of a JSON file: those of an experiment, or a bare list. */
async function readArchitecture(word: string): Promise<string | LayerList> {
  if (!word.endsWith(".json")) return word;
  const json = await readJson(word);
  if (!isRecord(json)) throw refuse("experiment.not-an-object", { file: word });
  const inside = "architecture" in json ? json.architecture : json;
  return typeof inside === "string" ? inside : readLayers(inside, word);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return parseJsonText(await readUtf8(file, "json"));
  } catch (error) {
    throw new InputError([unreadableJson(file, error)]);
  }
}

function asResult(network: Network, layers: readonly TracedLayer[]): object {
  return {
    parameters: countParameters(network),
    layers: layers.map(({ path, layer, input, output, parameters }) => ({
      name: path,
      kind: layer.kind,
      input,
      output,
      parameters,
    })),
  };
}

const COLUMNS = ["layer", "kind", "input", "output", "padding", "parameters"] as const;

function asText(network: Network, layers: readonly TracedLayer[], say: Say): string {
  const grouped = (count: number) => count.toLocaleString(say("numbers"));
  const rows = layers.map(({ path, layer, input, output, padding, parameters }) => [
    path,
    layer.kind,
    formatSize(input),
    formatSize(output),
    padding?.some((size) => size > 0) ? padding.join(",") : "",
    parameters === 0 ? "" : grouped(parameters),
  ]);
  return [
    say("network-for", { architecture: network.architecture, size: formatSize(network.inputSize) }),
    "",
    textTable(
      COLUMNS.map((name) => say(name)),
      rows,
    ),
    "",
    say("all-parameters", { count: grouped(countParameters(network)) }),
  ].join("\n");
}
