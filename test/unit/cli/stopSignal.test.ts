import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkProgress } from "../../../src/cli/runExperiment";
import { type Stoppable, stopSignal } from "../../../src/cli/terminal/stopSignal";
import { sayInEnglish } from "../../../src/cli/terminal/words";
import { phraseText } from "../../../src/experiment/problems/phrases";

describe("a signal that asks to stop", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** What signals come to that are so many milliseconds apart. */
  function send(signals: readonly NodeJS.Signals[], stoppable: Stoppable, apart = 3000) {
    const said: string[] = [];
    const exits: unknown[] = [];
    vi.spyOn(process, "exit").mockImplementation((code) => {
      throw exits.push(code);
    });
    const { signal, release } = stopSignal(
      { say: (text) => void said.push(text), text: sayInEnglish },
      stoppable,
    );
    for (const name of signals) {
      try {
        process.emit(name, name);
      } catch {
        break;
      }
      vi.advanceTimersByTime(apart);
    }
    release();
    return { said, exits, asked: signal.aborted };
  }

  const said = ["Stopping after this batch (Ctrl+C again to stop at once) ..."];
  const batch = { stopping: "stopping-after-batch" } as const;

  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGXCPU", "SIGBREAK"] as const)(
    "%s asks to stop after the step",
    (name) => {
      expect(send([name], batch)).toEqual({ said, exits: [], asked: true });
    },
  );

  it("ends the process at once when Ctrl+C comes again", () => {
    expect(send(["SIGINT", "SIGINT"], batch)).toEqual({ said, exits: [130], asked: true });
    expect(send(["SIGHUP", "SIGINT"], batch)).toEqual({ said, exits: [130], asked: true });
  });

  it("lets the step end when one cause sends several", () => {
    expect(send(["SIGINT", "SIGINT"], batch, 10)).toEqual({ said, exits: [], asked: true });
    expect(send(["SIGUSR1", "SIGTERM", "SIGTERM", "SIGHUP"], batch)).toEqual({
      said,
      exits: [],
      asked: true,
    });
  });

  it("ends the process at once while nothing has been begun", () => {
    expect(send(["SIGHUP"], { stopping: "stopping-after-update", idle: () => true })).toEqual({
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
    const told = checkProgress(
      { print: () => {}, say, columns: null, draw: () => {}, text: sayInEnglish, words: phraseText },
      "checking-images",
    );
    for (let done = 1; done <= 25; done++) {
      vi.advanceTimersByTime(1000);
      told(done, 25);
    }
    expect(said).toEqual(["checking images 10/25", "checking images 20/25"]);
  });
});
