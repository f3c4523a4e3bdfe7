import type { PerAxis } from "../shapes/axes";

/** One line beside a layer: "kernel", "3 x 3 x 3". */
export interface DiagramAttribute {
  readonly name: string;
  readonly value: string;
  /** In a drawing, where all settings of a layer share one line; "" for what goes without saying. */
  readonly brief: string;
  /** True for channels and features, by which the blocks of a repeated pattern differ. */
  readonly varies: boolean;
}

export function setting(name: string, value: string | number, brief = ""): DiagramAttribute {
  return { name, value: `${value}`, brief, varies: false };
}

/** A number that says by itself what it is, such as a slope. */
export function bareSetting(name: string, value: number): DiagramAttribute {
  return setting(name, value, `${value}`);
}

export function varying(name: string, value: string | number): DiagramAttribute {
  return { name, value: `${value}`, brief: `${value}`, varies: true };
}

export function change(name: string, from: number, to: number): DiagramAttribute {
  return varying(name, `${from} → ${to}`);
}

/** Sizes that a drawing always says: "3×3×3". */
export function sizes(name: string, perAxis: PerAxis): DiagramAttribute {
  return setting(name, perAxis.join(" × "), perAxis.join("×"));
}

/** Sizes that a drawing says with their name, where they are not the `usual` ones: "stride 2". */
export function unusualSizes(name: string, perAxis: PerAxis, usual: number, word = name): DiagramAttribute {
  const value = perAxis.join(" × ");
  if (perAxis.every((size) => size === usual)) return setting(name, value);
  const same = perAxis.every((size) => size === perAxis[0]);
  return setting(name, value, `${word} ${same ? perAxis[0] : value}`);
}

export function paddingRow({ padding }: { readonly padding: PerAxis }): DiagramAttribute {
  return unusualSizes("padding", padding, 0, "pad");
}

export function flag(name: string, value: boolean): DiagramAttribute {
  return setting(name, value ? "yes" : "no");
}

export function windowRows(layer: {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
}): DiagramAttribute[] {
  return [sizes("kernel", layer.kernel), unusualSizes("stride", layer.stride, 1)];
}
