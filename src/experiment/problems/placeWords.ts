import { phrase } from "./phrases";
import type { Value } from "./words";

/**
 * The place of a problem, for people: "row 12" and "line 3" of a file and "input size" in the language of the reader. Keys of an
 * experiment and places in an architecture are the same in every language.
 */
export function placeWords(where: string | undefined): Value {
  if (where === "input size") return phrase("input-size");
  const [, unit, number = ""] = /^(row|line) (\d+)$/.exec(where ?? "") ?? [];
  switch (unit) {
    case "row":
      return phrase("row", { row: number });
    case "line":
      return phrase("line", { line: number });
    default:
      return where;
  }
}
