import type { Sequence } from "./layer";
import { layerText } from "./layerText";
import { type Network, partsOf } from "./network";
import { paddingTuple } from "./padding";
import { type TracedLayer, traceShapes } from "./shape";

/**
 * The network as PyTorch prints the modules of ClinicaDL's networks, with the padding that each PadMaxPool adds for this
 * input size. It stands in `information.log` of a MAPS.
 */
export function networkText(network: Network): string {
  const trace = new Map(traceShapes(network).map((traced) => [traced.path, traced]));
  const parts = partsOf(network).map((part, position) =>
    block(`(${position}): Sequential(`, sequenceLines(part.layers, part.name, trace)),
  );
  return block("Sequential(", parts.flat()).join("\n");
}

type Trace = ReadonlyMap<string, TracedLayer>;

/** Layers named "4.0", "4.1" stand in a Sequential of their own, "(4)". */
function sequenceLines(layers: Sequence, path: string, trace: Trace): string[] {
  const groups = [...new Set(layers.map(({ name }) => groupOf(name)))];
  return groups.flatMap((group) => {
    const members = layers.filter(({ name }) => groupOf(name) === group);
    const lines = members.flatMap(({ name }) => layerLines(lastName(name), trace.get(`${path}.${name}`)!));
    return members[0]!.name === group ? lines : block(`(${group}): Sequential(`, lines);
  });
}

function groupOf(name: string): string {
  return name.split(".")[0]!;
}

function layerLines(name: string, traced: TracedLayer): string[] {
  const { layer, padding, nested, path } = traced;
  switch (layer.kind) {
    case "PadMaxPool": {
      const pool = layerText({ ...layer, kind: "MaxPool", padding: layer.kernel.map(() => 0) });
      const tuple = paddingTuple(padding ?? []).join(", ");
      return block(`(${name}): PadMaxPool${layer.dimensions}d(`, [
        `(pool): ${pool}`,
        `(pad): ConstantPad${layer.dimensions}d(padding=(${tuple}), value=0)`,
      ]);
    }
    case "CropMaxUnpool": {
      const unpool = layerText({ ...layer, kind: "MaxUnpool", padding: layer.kernel.map(() => 0) });
      return block(`(${name}): CropMaxUnpool${layer.dimensions}d(`, [`(unpool): ${unpool}`]);
    }
    case "ResidualBlock": {
      const members = nested.map((member) => ({ member, name: member.path.slice(path.length + 1) }));
      const [body, shortcut] = [false, true].map((isShortcut) =>
        members
          .filter((entry) => entry.name.startsWith("downsample.") === isShortcut)
          .flatMap((entry) => layerLines(lastName(entry.name), entry.member)),
      );
      const downsample = layer.shortcut.length === 0 ? [] : block("(downsample): Sequential(", shortcut!);
      return block(`(${name}): BasicBlock(`, [...body!, ...downsample]);
    }
    default:
      return [`(${name}): ${layerText(layer)}`];
  }
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function block(opening: string, lines: readonly string[]): string[] {
  return [opening, ...lines.map((line) => `  ${line}`), ")"];
}
