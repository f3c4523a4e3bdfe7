import { definitionOf, type Sequence } from "../layer";
import { type Network, partsOf } from "../network";
import { type TracedLayer, traceShapes } from "../shapes/shape";
import { layerText } from "./layerText";

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
  const { layer, padding, nested } = traced;
  const definition = definitionOf(layer);
  if (definition.branches !== undefined) {
    const lines = definition.branches(layer).flatMap((branch) => {
      const members = nested.filter((inner) => inner.branch === branch.name);
      const inside = members.flatMap((inner) => layerLines(lastName(inner.path), inner));
      return branch.prefix === "" || inside.length === 0
        ? inside
        : block(`(${branch.prefix}): Sequential(`, inside);
    });
    return block(`(${name}): ${definition.moduleName}(`, lines);
  }
  const modules = definition.modules?.(layer, padding ?? []);
  return modules === undefined
    ? [`(${name}): ${layerText(layer)}`]
    : block(`(${name}): ${modules.title}(`, modules.lines);
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function block(opening: string, lines: readonly string[]): string[] {
  return [opening, ...lines.map((line) => `  ${line}`), ")"];
}
