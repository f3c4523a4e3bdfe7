/** What `gyrus interpret --json` prints, as far as the editor uses it. */
import { z } from "zod";
import { parseOutput } from "./parseOutput";

const interpretation = z.object({ folders: z.array(z.string()) });

/** Null where the output is something else. */
export const readInterpretation = (output: string) => parseOutput(interpretation, output);
