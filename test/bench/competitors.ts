/** Who takes part in the contests: the programs beside Gyrus itself, and the columns of their figures. */
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { findTensorFlow } from "../../src/engine/tensorflow/library/findTensorFlow";
import type { Figures } from "./contest";
import type { Contest } from "./contestant";

export interface Competitor {
  readonly name: string;
  /** The same program as it was: its ratios come with their interval. */
  readonly former?: boolean;
  /** Whose figures are divided by its own: the name of a competitor before it; Gyrus on the processor without. */
  readonly comparedWith?: string;
  /** The program that takes part in `contest`, if it does. */
  command(contest: Contest): readonly string[] | undefined;
}

export interface Rivals {
  /** Looked through for TensorFlow. */
  readonly engineFolders: readonly string[];
  /** A Python that has torch and nibabel. */
  readonly python: string | undefined;
  /** A built checkout of a former commit. */
  readonly former: string | undefined;
  /** The module of another program (otherProgram.ts), and the words with which this bench lets it take part. */
  readonly against: { readonly file: string; readonly words: readonly string[] } | undefined;
  /** The graphics cards, and the words with which this bench computes on each. */
  readonly cards: readonly { readonly name: string; readonly words: readonly string[] }[];
}

/** What takes part in each contest; the transforms are those of torchio. */
const PYTHON_PROGRAMS: Readonly<Record<Contest["group"], string>> = {
  network: "networks.py",
  reading: "reading.py",
  transforms: "transforms.py",
};

/**
 * Gyrus on the processor; on each graphics card; then as it was, where a former checkout is named; then with TensorFlow, where that is installed;
 * then PyTorch, where a Python is named; then the module of another program, which is held against the last card if there is one.
 * @param bench the command that starts this bench
 */
export function competitorsOf(
  bench: readonly string[],
  { engineFolders, python, former, against, cards }: Rivals,
): Competitor[] {
  const competitors: Competitor[] = [{ name: "Gyrus", command: () => [...bench, "--contest"] }];
  for (const { name, words } of cards) {
    const command = [...bench, ...words, "--contest"];
    competitors.push({ name, command: ({ group }) => (group === "network" ? command : undefined) });
  }
  if (former !== undefined) {
    const command = [process.execPath, join(former, "dist/bench.js"), "--contest"];
    competitors.push({ name: "former", former: true, command: () => command });
  }
  if (findTensorFlow(engineFolders).length > 0) {
    const command = [...bench, "--engine", "tensorflow", "--contest"];
    competitors.push({
      name: "TensorFlow",
      command: ({ group }) => (group === "network" ? command : undefined),
    });
  }
  if (python !== undefined) {
    const program = (file: string) => fileURLToPath(new URL(`../test/bench/${file}`, import.meta.url));
    competitors.push({
      name: "PyTorch",
      command: ({ group }) => [python, "-B", program(PYTHON_PROGRAMS[group])],
    });
  }
  if (against !== undefined) {
    const command = [...bench, ...against.words, "--against", against.file, "--contest"];
    const comparedWith = cards.at(-1)?.name;
    competitors.push({
      name: parse(against.file).name,
      ...(comparedWith === undefined ? {} : { comparedWith }),
      command: ({ group }) => (group === "network" ? command : undefined),
    });
  }
  return competitors;
}

/** Titles of the columns: the figures of Gyrus, then of each rival with the ratios to it, of Gyrus or of whom it is compared with. */
export function columnsOf([, ...rivals]: readonly Competitor[]): string[] {
  const ofRival = ({ name, former, comparedWith }: Competitor) => [
    ...[name, `${comparedWith === undefined ? "" : `${comparedWith} `}to ${name}`].flatMap((column) =>
      FIGURES.map((figure) => `${column} ${figure}`),
    ),
    ...(former ? [INTERVAL] : []),
  ];
  return [...FIGURES, ...rivals.flatMap(ofRival)];
}

const FIGURES = ["ms", "CPU ms", "peak MB"];
const INTERVAL = "95 % of ms";

/** What stands in these columns. @param figures of each competitor; undefined for one that could not take part */
export function cellsOf(
  competitors: readonly Competitor[],
  figures: readonly (Figures | undefined)[],
): string[] {
  const [own] = figures;
  if (own === undefined) throw new Error("Gyrus could not take part.");
  const numbers = ({ wall, cpu, peak }: Figures) => [wall, cpu, peak];
  const whole = (of: Figures) => numbers(of).map((value) => value.toFixed(0));
  const ratios = (of: Figures, other: Figures) =>
    numbers(of).map((value, index) => (value / numbers(other)[index]!).toFixed(2));
  const absent = Array<string>(FIGURES.length).fill("-");
  const cells = ({ former, comparedWith }: Competitor, other: Figures | undefined) => {
    const base =
      comparedWith === undefined ? own : figures[competitors.findIndex(({ name }) => name === comparedWith)];
    const both = base !== undefined && other !== undefined;
    return [
      ...(other === undefined ? absent : whole(other)),
      ...(both ? ratios(base, other) : absent),
      ...(former ? [both ? interval(base, other) : "-"] : []),
    ];
  };
  const rivals = competitors.slice(1);
  return [...whole(own), ...rivals.flatMap((rival, index) => cells(rival, figures[index + 1]))];
}

/** Where the median of the ratios lies, pair by pair. */
function interval(own: Figures, other: Figures): string {
  const ratios = own.repetitions.map(({ wall }, round) => wall / other.repetitions[round]!.wall);
  const [low, high] = medianInterval(ratios);
  return `${low.toFixed(2)} to ${high.toFixed(2)}`;
}

/**
 * An interval of the median that holds at least 95 % of the time whatever the distribution: between two ordered values, by
 * the binomial distribution of how many lie below the median (Conover, Practical Nonparametric Statistics, section 3.2).
 */
function medianInterval(values: readonly number[]): readonly [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  let below = 0.5 ** count;
  let term = below;
  let left = 0;
  while (below <= 0.025) {
    term *= (count - left) / (left + 1);
    below += term;
    left += 1;
  }
  const first = Math.max(0, left - 1);
  return [sorted[first]!, sorted[count - 1 - first]!];
}
