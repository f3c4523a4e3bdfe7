/** The pages of docs/ that come from the program. */
import { resolve } from "node:path";
import { experimentReference } from "./experimentReference";
import { problemReference } from "./problemReference";
import { terminalReference } from "./terminalReference";

const docs = resolve(import.meta.dirname, "../docs");

export const WRITTEN_PAGES = [
  { file: resolve(docs, "experiment.md"), content: experimentReference },
  { file: resolve(docs, "problems.md"), content: problemReference },
  { file: resolve(docs, "terminal.md"), content: terminalReference },
] as const;
