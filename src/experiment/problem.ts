/** Something that the user must know before a run: where it is, what is wrong, what to do. */
export interface Problem {
  readonly severity: "error" | "warning";
  /** The file that holds it, when it is in a file. */
  readonly file?: string;
  /** JSON path of the key ("preprocessing_dict.patch_size"), or "row 12". */
  readonly where?: string;
  /** Key of the experiment that leads to it, when it shows in another file. */
  readonly key?: string;
  readonly message: string;
  readonly remedy: string;
  /** What would do, the likeliest first: the editor offers it as a fix. */
  readonly instead?: Alternatives;
}

/** Other values of a key, or other names for a key that nobody knows. */
export type Alternatives =
  | { readonly values: readonly (string | number)[] }
  | { readonly names: readonly string[] };

/** Thrown when bad input is refused: all its problems at once. The CLI prints them and exits with 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join("\n"));
  }
}

/** One line: `file: where: message. remedy` */
export function describeProblem(problem: Problem): string {
  const place = [problem.file, problem.where].filter((part) => part !== undefined).join(": ");
  return `${place === "" ? "" : `${place}: `}${problem.message} ${problem.remedy}`;
}
