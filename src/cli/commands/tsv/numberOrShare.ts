import { misuse } from "../../commandLine/usageError";

/** A number of participants is whole, a share of them below 1. */
export function numberOrShare(option: string, value: number): number {
  if (value < 1 || Number.isInteger(value)) return value;
  throw misuse("usage.number-or-share", { option, text: value });
}
