/** Who takes part in the contests: the programs beside Gyrus itself, and the columns of their figures. */
import { fileURLToPath } from "node:url";
import { findTensorFlow } from "../../src/engine/tensorflow/findTensorFlow";
import type { Figures } from "./contest";
import type { Contest } from "./contestant";

export interface Competitor {
  readonly name: string;
  /** The program that takes part in `contest`, if it does. */
  command(contest: Contest): readonly string[] | undefined;
}

export interface Rivals {
  /** Looked through for TensorFlow. */
  readonly engineFolders: readonly string[];
  /** A Python that has torch and nibabel. */
  readonly python: string | undefined;
}

/**
 * Gyrus with its own engine; then with TensorFlow, where that is installed; then PyTorch, where a Python is named.
 * @param bench the command that starts this bench
 */
export function competitorsOf(bench: readonly string[], { engineFolders, python }: Rivals): Competitor[] {
  const competitors: Competitor[] = [{ name: "Gyrus", command: () => [...bench, "--contest"] }];
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
      command: ({ group }) => [python, "-B", program(group === "network" ? "networks.py" : "reading.py")],
    });
  }
  return competitors;
}

/** Titles of the columns: the figures of Gyrus, then of each rival with the ratios to it. */
export function columnsOf([, ...rivals]: readonly Competitor[]): string[] {
  const ofRival = (name: string) =>
    [name, `to ${name}`].flatMap((column) => FIGURES.map((figure) => `${column} ${figure}`));
  return [...FIGURES, ...rivals.flatMap(({ name }) => ofRival(name))];
}

const FIGURES = ["ms", "CPU ms", "peak MB"];

/** What stands in these columns. */
export function cellsOf([own, ...others]: readonly (Figures | undefined)[]): string[] {
  if (own === undefined) throw new Error("Gyrus could not take part.");
  const numbers = ({ wall, cpu, peak }: Figures) => [wall, cpu, peak];
  const whole = (figures: Figures) => numbers(figures).map((value) => value.toFixed(0));
  const ratios = (other: Figures) =>
    numbers(own).map((value, index) => (value / numbers(other)[index]!).toFixed(2));
  const absent = Array<string>(2 * FIGURES.length).fill("-");
  return [
    ...whole(own),
    ...others.flatMap((other) => (other === undefined ? absent : [...whole(other), ...ratios(other)])),
  ];
}
