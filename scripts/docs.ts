/** Writes the pages of docs/ that come from the program: `npm run docs`. */
import { writeFile } from "node:fs/promises";
import { WRITTEN_PAGES } from "./writtenPages";

for (const { file, content } of WRITTEN_PAGES) await writeFile(file, content());
