import type { PerAxis } from "../axes";

/** One line beside a layer: "kernel", "3 x 3 x 3". */
export interface DiagramAttribute {
  readonly name: string;
  readonly value: string;
  /** True for channels and features, by which the blocks of a repeated pattern differ. */
  readonly varies: boolean;
}

export function setting(name: string, value: string | number): DiagramAttribute {
  return { name, value: `${value}`, varies: false };
}

export function varying(name: string, value: string | number): DiagramAttribute {
  return { name, value: `${value}`, varies: true };
}

export function change(name: string, from: number, to: number): DiagramAttribute {
  return varying(name, `${from} → ${to}`);
}

export function sizes(name: string, perAxis: PerAxis): DiagramAttribute {
  return setting(name, perAxis.join(" × "));
}

export function flag(name: string, value: boolean): DiagramAttribute {
  return setting(name, value ? "yes" : "no");
}

export function windowRows(layer: {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
}): DiagramAttribute[] {
  return [sizes("kernel", layer.kernel), sizes("stride", layer.stride)];
}
