import { textOf } from "../shared/text";
import { runsStrings } from "./strings";

export const text = textOf(runsStrings);
