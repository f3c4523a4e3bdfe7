import { afterEach, describe, expect, it, vi } from "vitest";
import { checkProgress } from "../../../src/cli/runExperiment";
import { type Stoppable, stopSignal } from "../../../src/cli/terminal/stopSignal";
import { sayInEnglish } from "../../../src/cli/terminal/words";

describe("Ctrl+C", () => {
  afterEach(() => vi.restoreAllMocks());

  /** What `signals` of them come to. */
  function press(signals: number, stoppable: Stoppable) {
    const said: string[] = [];
    const exits: unknown[] = [];
    vi.spyOn(process, "exit").mockImplementation((code) => {
      throw exits.push(code);
    });
    const { signal, release } = stopSignal(
      { say: (text) => void said.push(text), text: sayInEnglish },
      stoppable,
    );
    for (let i = 0; i < signals; i++) {
      try {
        process.emit("SIGINT", "SIGINT");
      } catch {
        break;
      }
    }
    release();
    return { said, exits, asked: signal.aborted };
  }

  it("asks to stop after the step, and ends the process when it comes again", () => {
    const said = ["Stopping after this batch (Ctrl+C again to stop at once) ..."];
    expect(press(1, { stopping: "stopping-after-batch" })).toEqual({ said, exits: [], asked: true });
    expect(press(2, { stopping: "stopping-after-batch" })).toEqual({ said, exits: [130], asked: true });
  });

  it("ends the process at once while nothing has been begun", () => {
    expect(press(1, { stopping: "stopping-after-update", idle: () => true })).toEqual({
      said: ["Stopped while the data was checked: nothing has been written."],
      exits: [130],
      asked: false,
    });
  });
});

describe("images that are checked", () => {
  afterEach(() => vi.useRealTimers());

  it("are told every ten seconds where no line can move", () => {
    vi.useFakeTimers();
    const said: string[] = [];
    const say = (text: string) => void said.push(text);
    const told = checkProgress({ print: () => {}, say, columns: null, draw: () => {}, text: sayInEnglish });
    for (let done = 1; done <= 25; done++) {
      vi.advanceTimersByTime(1000);
      told(done, 25);
    }
    expect(said).toEqual(["checking images 10/25", "checking images 20/25"]);
  });
});
