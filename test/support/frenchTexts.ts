/** The French of the program. A text of a table that it lacks is an error of types here, which names the text. */
import french from "../../l10n/bundle.l10n.fr.json";
import frenchManifest from "../../package.nls.fr.json";
import type englishManifest from "../../package.nls.json";
import type { TRAINER_WORDS } from "../../src/cli/terminal/words";
import type { PHRASES } from "../../src/experiment/problems/phrases";
import type { PROBLEMS } from "../../src/experiment/problems/table";
import type { REPORT_WORDS } from "../../src/report/document/reportWords";
import type { RESULTS_WORDS } from "../../src/report/results/resultsWords";
import type { SPLITS_WORDS } from "../../src/report/splits/splitsWords";
import type { FIGURE_REASONS, INSTEAD_OF_DELONG } from "../../src/run/figureWords";
import type { UNDEFINED_REASONS } from "../../src/run/undefinedReasons";
import type { architectureStrings } from "../../webview/architecture/strings";
import type { compareStrings } from "../../webview/compare/strings";
import type { explainStrings } from "../../webview/explain/strings";
import type { drawnStrings, inputsStrings } from "../../webview/inputs/strings";
import type { networkStrings } from "../../webview/network/strings";
import type { niftiStrings } from "../../webview/nifti/strings";
import type { resultsStrings } from "../../webview/results/strings";
import type { runsStrings } from "../../webview/runs/strings";
import type { figureStrings, runStrings, sharedStrings } from "../../webview/shared/strings";
import type { volumeStrings } from "../../webview/shared/volume/strings";
import type { trainingStrings } from "../../webview/training/strings";
import type { transpositionStrings } from "../../webview/transposition/strings";

type TextsOf<Table> = Table[keyof Table] & string;
type ProblemTable = typeof PROBLEMS;

type Said =
  | ProblemTable[keyof ProblemTable]["message" | "remedy"]
  | TextsOf<typeof PHRASES>
  | TextsOf<typeof TRAINER_WORDS>
  | TextsOf<typeof REPORT_WORDS>
  | TextsOf<typeof RESULTS_WORDS>
  | TextsOf<typeof SPLITS_WORDS>
  | TextsOf<typeof FIGURE_REASONS>
  | TextsOf<typeof INSTEAD_OF_DELONG>
  | TextsOf<typeof UNDEFINED_REASONS>
  | TextsOf<typeof architectureStrings>
  | TextsOf<typeof compareStrings>
  | TextsOf<typeof explainStrings>
  | TextsOf<typeof inputsStrings>
  | TextsOf<typeof drawnStrings>
  | TextsOf<typeof networkStrings>
  | TextsOf<typeof niftiStrings>
  | TextsOf<typeof figureStrings>
  | TextsOf<typeof resultsStrings>
  | TextsOf<typeof runsStrings>
  | TextsOf<typeof runStrings>
  | TextsOf<typeof sharedStrings>
  | TextsOf<typeof volumeStrings>
  | TextsOf<typeof trainingStrings>
  | TextsOf<typeof transpositionStrings>;

type WithoutPlaces<Text extends string> = Text extends `${infer Before}{${infer Place}}${infer After}`
  ? `${Before}${FormsOf<Place>}${WithoutPlaces<After>}`
  : Text;

/** The words that go with a number are translated too: `{count|scan|scans}`. */
type FormsOf<Place extends string> = Place extends `${string}|${infer Forms}` ? Forms : "";

/** `Text` where it has letters outside its places, which alone are translated. */
type Worded<Text extends string> = Text extends string
  ? Uppercase<WithoutPlaces<Text>> extends Lowercase<WithoutPlaces<Text>>
    ? never
    : Text
  : never;

export const FRENCH: Readonly<Record<string, string>> = french satisfies {
  readonly [Text in Worded<Said>]: string;
};

export const FRENCH_MANIFEST: Readonly<Record<string, string>> = frenchManifest satisfies {
  readonly [Key in keyof typeof englishManifest]: string;
};
