/** Writes the pages of docs/ that come from the program: `npm run docs`. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { experimentReference } from "./experimentReference";
import { problemReference } from "./problemReference";
import { terminalReference } from "./terminalReference";

const docs = resolve(import.meta.dirname, "../docs");
await writeFile(resolve(docs, "experiment.md"), experimentReference());
await writeFile(resolve(docs, "problems.md"), problemReference());
await writeFile(resolve(docs, "terminal.md"), terminalReference());
