import { join } from "node:path";

/** A file of `test/fixtures`. */
export const fixture = (path: string) => join(import.meta.dirname, "../fixtures", path);
