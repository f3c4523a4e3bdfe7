import { textOf } from "../shared/text";
import { explainStrings } from "./strings";

export const text = textOf(explainStrings);
