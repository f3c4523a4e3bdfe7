/** Values as Python prints them. */
import type { PerAxis } from "../shapes/axes";

export function pythonTuple(sizes: PerAxis): string {
  return `(${sizes.join(", ")})`;
}

/** PyTorch prints a size given as one number as one number. */
export function pythonSizes(sizes: PerAxis): string {
  return sizes.every((size) => size === sizes[0]) ? `${sizes[0]}` : pythonTuple(sizes);
}

export function pythonBoolean(value: boolean): string {
  return value ? "True" : "False";
}

/** Python's repr of a float: "0.0", "0.1", "1e-05". */
export function pythonFloat(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -4 && exponent < 16) return `${value}`;
  const [digits, power] = value.toExponential().split("e");
  const sign = power!.startsWith("-") ? "-" : "+";
  return `${digits}e${sign}${power!.slice(1).padStart(2, "0")}`;
}
