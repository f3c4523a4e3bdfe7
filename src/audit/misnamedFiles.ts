/** Files whose name and compression disagree: they are read by what is in them, other programs go by the name. */
import { remark } from "../experiment/problems/makeProblem";
import type { Problem } from "../experiment/problems/problem";
import { some } from "../experiment/problems/some";

export interface NamedFile {
  /** Participant and session. */
  readonly name: string;
  readonly file: string;
  /** Whether it holds gzip data; absent where that is not known. */
  readonly compressed?: boolean | undefined;
}

export function misnamedFiles(images: readonly NamedFile[]): Problem[] {
  const plain = images.filter(({ file, compressed }) => isNamedGzip(file) && compressed === false);
  const gzip = images.filter(({ file, compressed }) => !isNamedGzip(file) && compressed === true);
  const values = (found: readonly NamedFile[]) => ({
    count: found.length,
    of: images.length,
    names: some(found.map(({ name }) => name)),
  });
  return [
    ...plain.slice(0, 1).map(({ file }) => remark("audit.plain-as-gzip", { file }, values(plain))),
    ...gzip.slice(0, 1).map(({ file }) => remark("audit.gzip-as-plain", { file }, values(gzip))),
  ];
}

const isNamedGzip = (file: string) => /\.gz$/i.test(file);
