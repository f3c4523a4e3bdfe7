/** Comparisons of runs. They read and never write, so untrusted workspaces have them too. */
import { dirname } from "node:path";
import { commands, l10n, Uri } from "vscode";
import type { FromCompare, ToCompare } from "../../../../webview/compare/messages";
import { compareStrings } from "../../../../webview/compare/strings";
import { figureStrings, runStrings } from "../../../../webview/shared/strings";
import { RESULTS_WORDS } from "../../../report/results/resultsWords";
import { FIGURE_REASONS } from "../../../run/figureWords";
import { UNDEFINED_REASONS } from "../../../run/undefinedReasons";
import type { PanelKind } from "../panelKind";
import { translations } from "../panelTexts";
import { kept } from "../restoredState";
import { saveFile } from "../saveFile";
import { fromCompareSchema } from "./compareMessages";
import { CompareSession } from "./compareSession";

/** Its subject: the folders of the compared MAPS. */
export const comparePanel: PanelKind<readonly string[], FromCompare, ToCompare> = {
  page: () => ({ viewType: "gyrus.compare", bundle: "compare", title: l10n.t("Comparison") }),
  key: () => null,
  messages: fromCompareSchema,
  restored: mapsOfState,
  serve: (maps, { post, services }) =>
    new CompareSession(
      maps,
      translations(
        runStrings,
        compareStrings,
        figureStrings,
        RESULTS_WORDS,
        FIGURE_REASONS,
        UNDEFINED_REASONS,
      ),
      post,
      services.version,
      {
        open: async (one) => {
          await commands.executeCommand("gyrus.openPanel", one);
        },
        save: (beside, name, content) => saveFile(Uri.file(dirname(beside)), name, content),
      },
    ),
};

function mapsOfState(state: unknown): readonly string[] | undefined {
  const maps = kept(state, "maps");
  const paths = Array.isArray(maps) ? maps.filter((one): one is string => typeof one === "string") : [];
  return paths.length === 0 ? undefined : paths;
}
