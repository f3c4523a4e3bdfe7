/** Writes the pages of docs/ that come from the program: `npm run docs`. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { experimentReference } from "./experimentReference";

await writeFile(resolve(import.meta.dirname, "../docs/experiment.md"), experimentReference());
