import type { Join } from "../../../src/network/definition/layerDefinition";
import { textOf } from "../../shared/text";
import { networkStrings } from "../strings";

const text = textOf(networkStrings);

/** What happens where ways are joined, in words. */
export function joinWords(join: Join): string {
  switch (join) {
    case "add":
      return text("joinAdd");
    case "concatenate":
      return text("joinConcatenate");
    case "multiply":
      return text("joinMultiply");
  }
}
