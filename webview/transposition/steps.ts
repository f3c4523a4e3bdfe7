/** The explanation of a transposition, step by step: what is said, and what is shown meanwhile. */
import type { Tie, TranspositionRule } from "../../src/network/transpose";
import { layerName, shapeWords } from "../network/drawing/describe";
import { codeOf, type Mirrored } from "./model";
import type { transpositionStrings } from "./strings";

type Words = (key: keyof typeof transpositionStrings, ...args: (string | number)[]) => string;

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Paths of layers that stand out; the others are faded. */
  readonly layers: ReadonlySet<string>;
  /** Ties that stand out, by the path of their decoder layer. */
  readonly ties: ReadonlySet<string>;
  readonly show: Shown;
}

/** What else stands out. */
export interface Shown {
  readonly exchanges?: boolean;
  readonly resized?: boolean;
  readonly indices?: boolean;
  readonly padding?: boolean;
}

/** Only the steps that this network has. */
export function explain(mirrored: Mirrored, text: Words): readonly Step[] {
  const { transposition, nodes, diagram } = mirrored;
  const { ties, exchanges, travels } = transposition;
  const code = codeOf(mirrored);
  const side = (name: string) => [...nodes.keys()].filter((path) => path.startsWith(`${name}.`));
  const resized = ties.filter((tie) => tie.resized !== undefined);
  const padded = travels.filter(({ padding }) => padding?.some((planes) => planes > 0) === true);
  const steps: (Step | null)[] = [
    step(
      "start",
      side("encoder"),
      [],
      text("startTitle"),
      text("startText", shapeWords(diagram.inputSize), shapeWords(code)),
    ),
    step("reverse", side("decoder"), [], text("reverseTitle"), text("reverseText")),
    ...RULES.map(([rule, title, words]) => ruleStep(rule, title, words, mirrored, text)),
    exchanges.length === 0
      ? null
      : step(
          "exchange",
          ties.flatMap((tie) => (tie.exchangedWith === undefined ? [] : [tie.encoder, tie.decoder])),
          ties.filter((tie) => tie.exchangedWith !== undefined),
          text("exchangeTitle"),
          text("exchangeText"),
          { exchanges: true },
        ),
    resized.length === 0
      ? null
      : step(
          "resize",
          resized.map((tie) => tie.decoder),
          resized,
          text("resizeTitle"),
          text("resizeText"),
          { resized: true },
        ),
    travels.length === 0
      ? null
      : step(
          "indices",
          travels.flatMap(({ pool, unpool }) => [pool, unpool]),
          [],
          text("indicesTitle"),
          text("indicesText"),
          { indices: true },
        ),
    padded.length === 0
      ? null
      : step(
          "padding",
          padded.flatMap(({ pool, unpool }) => [pool, unpool]),
          [],
          text("paddingTitle"),
          text("paddingText"),
          { padding: true },
        ),
    step(
      "result",
      [...nodes.keys()],
      ties,
      text("resultTitle"),
      text("resultText", shapeWords(diagram.outputSize)),
      ALL,
    ),
  ];
  return steps.filter((one) => one !== null);
}

/** Whether a step is about some layers, and not about a whole side. */
export const isPart = ({ layers }: Step, { bands }: Mirrored): boolean => {
  const pairs = bands.flat();
  const whole = [pairs.map(({ encoder }) => encoder.path), pairs.map(({ decoder }) => decoder.path)];
  return layers.size > 0 && !whole.some((side) => side.every((path) => layers.has(path)));
};

export const ALL: Shown = { exchanges: true, resized: true, indices: true, padding: true };

type Key = keyof typeof transpositionStrings;
const RULES: readonly (readonly [TranspositionRule, Key, Key])[] = [
  ["Conv -> ConvTranspose", "convTitle", "convText"],
  ["PadMaxPool -> CropMaxUnpool", "poolTitle", "poolText"],
  ["MaxPool -> MaxUnpool", "maxPoolTitle", "maxPoolText"],
  ["Linear -> Linear", "linearTitle", "linearText"],
  ["Flatten -> Reshape", "flattenTitle", "flattenText"],
  ["LeakyReLU -> LeakyReLU", "leakyTitle", "leakyText"],
  ["copy", "copyTitle", "copyText"],
];

function ruleStep(
  rule: TranspositionRule,
  title: Key,
  words: Key,
  { transposition, nodes }: Mirrored,
  text: Words,
): Step | null {
  const ties = transposition.ties.filter((tie) => tie.rule === rule);
  const [last] = ties;
  if (last === undefined) return null;
  const channels = (path: string) =>
    nodes.get(path)?.attributes.find(({ name }) => name === "channels")?.value ?? "";
  const names = [...new Set(ties.map(({ decoder }) => nodes.get(decoder)!).map(layerName))].join(", ");
  const args = rule === "copy" ? [names] : [channels(last.encoder), channels(last.decoder)];
  const layers = ties.flatMap(({ encoder, decoder }) => [encoder, decoder]);
  return step(rule, layers, ties, text(title), text(words, ...args));
}

function step(
  id: string,
  layers: readonly string[],
  ties: readonly Tie[],
  title: string,
  text: string,
  show: Shown = {},
): Step {
  return {
    id,
    title,
    text,
    layers: new Set(layers),
    ties: new Set(ties.map(({ decoder }) => decoder)),
    show,
  };
}

/** Whether something stands out in a step; without an explanation everything is shown. */
export const shows = (step: Step | null, what: keyof Shown): boolean =>
  step === null || step.show[what] === true;
