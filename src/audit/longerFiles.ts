/** Files that go on after the end of their gzip data: written over longer ones, or copied with something appended. */
import { remark } from "../experiment/problems/makeProblem";
import type { Problem } from "../experiment/problems/problem";
import { some } from "../experiment/problems/some";

export interface ImageBytes {
  /** Participant and session. */
  readonly name: string;
  readonly file: string;
  /** Bytes after the end of its gzip data. */
  readonly behind: number;
}

/** The images are read as gzip reads them, which ignores what follows; but a file that goes on tells of an accident. */
export function longerFiles(images: readonly ImageBytes[]): Problem[] {
  const longer = images.filter(({ behind }) => behind > 0);
  const [first] = longer;
  if (first === undefined) return [];
  const values = { count: longer.length, scans: images.length, names: some(longer.map(({ name }) => name)) };
  return [remark("audit.trailing-bytes", { file: first.file }, values)];
}
