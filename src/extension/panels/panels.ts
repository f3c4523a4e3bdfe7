import type { ExtensionContext } from "vscode";
import type { Panels } from "../panels";
export function registerPanels(_context: ExtensionContext): Panels {
  return {
    openTraining() {},
    compare() {},
    showArchitecture() {},
    showTransposition() {},
    previewInputs() {},
  };
}
