import { window } from "vscode";

/** A view asked for something that could not be done. */
export function tellFailure(name: string, error: unknown): void {
  void window.showErrorMessage(`${name}: ${error instanceof Error ? error.message : String(error)}`);
}
