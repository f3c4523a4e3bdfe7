import { textOf } from "../../text";
import { volumeStrings } from "../strings";

export const text = textOf(volumeStrings);
