/** A MAPS that is moved, renamed or deleted while it is trained. */
import { statSync } from "node:fs";
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { codeOf } from "../../messages/codeOf";

/** Who writes on would make half of a MAPS at its old place. */
export class MapsGone extends Error {
  override readonly name = "MapsGone";
  readonly problem: Problem;

  constructor(maps: string) {
    const found = problem("maps.gone", { file: maps });
    super(found.message);
    this.problem = found;
  }
}

/** Which folder stands at a path now. */
export class FolderThere {
  readonly #folder: string;
  readonly #identity: string | null | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#identity = identityOf(folder);
  }

  /** Throws MapsGone when that folder is there no more, or one of those `within` it. Quick: asked after each weight update. */
  require(within: readonly string[] = []): void {
    const now = identityOf(this.#folder);
    if (now === undefined || this.#identity === undefined) return;
    if (now !== this.#identity || within.some((folder) => identityOf(folder) === null))
      throw new MapsGone(this.#folder);
  }
}

/** Null where there is none; undefined where the disk does not tell at the moment. */
function identityOf(folder: string): string | null | undefined {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    return `${dev}-${ino}`;
  } catch (error) {
    const code = codeOf(error);
    return code === "ENOENT" || code === "ENOTDIR" ? null : undefined;
  }
}
