/** A question that a person must agree to. */
import { createInterface } from "node:readline/promises";

/** False where nobody is at the terminal, and for every answer but yes. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*(?:y|yes|o|oui)\s*$/i.test(await lines.question(question));
  } finally {
    lines.close();
  }
}
