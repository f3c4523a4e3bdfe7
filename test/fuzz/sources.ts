/** Which sources read files or parse what others have written. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Calls by which something from outside becomes values: the door of files, the file system itself, the parser. */
const READS =
  /\b(?:openToRead|withFile|readWhole|readUtf8|readText|readFile|readFileSync|createReadStream|readSync|parseJsonText)\(|JSON\.parse\(|\.safeParse\(received/;

export function readingSources(root: string): readonly string[] {
  return ["src", "webview"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(root, folder, name))
      .filter((file) => READS.test(readFileSync(file, "utf8")))
      .map((file) => relative(root, file).split(sep).join("/")),
  );
}
