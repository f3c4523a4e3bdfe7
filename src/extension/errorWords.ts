/** An error in the words of the user: what a file system refused is a problem too, with what to do about it. */
import { InputError } from "../experiment/problems/problem";
import { reasonOf } from "../messages/reasonOf";
import { describeHere } from "./language";

export async function errorWords(error: unknown): Promise<string> {
  if (error instanceof InputError) return error.problems.map(describeHere).join(" ");
  // The words of problems are loaded when there is one.
  const { fileProblem } = await import("../experiment/file/fileProblem");
  const problem = fileProblem(error);
  return problem === null ? reasonOf(error) : describeHere(problem);
}
