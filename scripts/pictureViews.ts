/** The views of the pictures: how each is opened, and when it is drawn. */
import type { Workbench } from "../test/vscode/rig/workbench";
import type { PictureStudies } from "./pictureStudies";

export interface Picture {
  /** A command with its arguments. */
  readonly open: readonly [command: string, ...given: readonly unknown[]];
  /** What the command asks, answered in turn. */
  readonly answers?: readonly (string | RegExp)[];
  /** What is pressed in the view that opens first, for the one of the picture. */
  readonly through?: string;
  /** An element that is there when everything is drawn; of the view unless it is `inEditor`. */
  readonly drawn: string;
  readonly inEditor?: boolean;
  /** What a person does next. */
  readonly afterwards?: (workbench: Workbench) => Promise<void>;
  /** Images take much room in a file: theirs are smaller. */
  readonly height?: number;
  /** Without the side bar, for what needs the width. */
  readonly wide?: boolean;
  /** Not in the README: taken when it is asked for. */
  readonly unshown?: boolean;
}

/** By the name of the picture. */
export function pictureViews(studies: PictureStudies): Readonly<Record<string, Picture>> {
  const { maps, experiment } = studies;
  return {
    experiment: {
      open: ["vscode.open", { file: experiment }],
      drawn: ".codelens-decoration >> text=/images/",
      inEditor: true,
      afterwards: (workbench) => complete(workbench, '"architecture": "'),
    },
    training: { open: ["gyrus.openPanel", maps], drawn: "gyrus-chart canvas" },
    splits: { open: ["gyrus.openPanel", studies.splits], drawn: "gyrus-chart canvas" },
    patches: { open: ["gyrus.openPanel", studies.patchNetworks], drawn: ".square" },
    reconstruction: {
      open: ["gyrus.openPanel", studies.autoencoder],
      drawn: "gyrus-reconstructions canvas",
      afterwards: (workbench) =>
        workbench
          .webview()
          .locator("gyrus-reconstructions")
          .evaluate((card) => card.scrollIntoView()),
      wide: true,
    },
    architecture: { open: ["gyrus.showArchitecture", experiment], drawn: "[role=treeitem] text", wide: true },
    transposition: {
      open: ["gyrus.showTransposition", experiment],
      drawn: "[role=treeitem] text",
      wide: true,
    },
    inputs: {
      open: ["gyrus.previewInputs", studies.patches],
      drawn: "gyrus-plane canvas",
      height: 710,
      wide: true,
    },
    nifti: {
      open: ["gyrus.showResults", maps, "test"],
      through: `button:has-text("${studies.explanation}")`,
      drawn: "gyrus-plane canvas",
      wide: true,
    },
    explain: {
      open: ["gyrus.interpret", maps],
      answers: ["test", new RegExp(`^${studies.explanation}`)],
      drawn: "gyrus-plane canvas",
      wide: true,
    },
    results: {
      open: ["gyrus.showResults", maps, "test"],
      drawn: "gyrus-plot svg, gyrus-plot canvas",
      wide: true,
    },
    compare: { open: ["gyrus.compare", studies.compared[0], studies.compared], drawn: "gyrus-chart canvas" },
    runs: { open: ["gyrus.openRuns"], drawn: "gyrus-table tbody tr", wide: true },
    audit: {
      open: ["gyrus.auditData", studies.faults],
      // Those of the data of a MAPS would be others.
      answers: [/^(Only the data of the experiment|Seulement les données de l’expérience)/],
      drawn: "h2",
      unshown: true,
    },
    walkthrough: { open: ["gyrus.openWalkthrough"], drawn: "[data-step-id]", inEditor: true, unshown: true },
  };
}

/** Asks for completions behind `text` of the active editor, in the place of what stands there up to the next quote. */
async function complete(workbench: Workbench, text: string): Promise<void> {
  await workbench.host(async ({ commands, window, Selection }, before: string) => {
    const editor = window.activeTextEditor;
    if (editor === undefined) return;
    const start = editor.document.getText().indexOf(before) + before.length;
    const at = editor.document.positionAt(start);
    editor.selection = new Selection(at, at);
    await commands.executeCommand("editor.action.triggerSuggest");
  }, text);
  await workbench.page.locator(".suggest-widget.visible").waitFor();
  await workbench.page.waitForTimeout(500);
}
