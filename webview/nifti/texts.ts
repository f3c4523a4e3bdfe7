import { textOf } from "../shared/text";
import { niftiStrings } from "./strings";

export const text = textOf(niftiStrings);
