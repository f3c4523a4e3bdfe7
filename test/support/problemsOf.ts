import { InputError, type Problem } from "../../src/experiment/problems/problem";

/** The problems for which `action` is refused; fails when it is not, or when it fails otherwise. */
export async function problemsOf(action: () => unknown): Promise<readonly Problem[]> {
  try {
    await action();
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  throw new Error("was accepted");
}
