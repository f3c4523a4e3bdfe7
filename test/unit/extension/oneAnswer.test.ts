/**
 * One log, one answer: terminal, tree, status bar, panel and comparison are given the same MAPS, and must say the same of it. Two
 * networks: the first stopped early, the second was killed in the middle of an epoch and goes on after a resumption.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { trainingObserver } from "../../../src/cli/terminal/trainingObserver";
import { sayInEnglish } from "../../../src/cli/terminal/words";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { viewOf } from "../../../src/extension/experiments/mapsView";
import { statusWord } from "../../../src/extension/experiments/statusWord";
import { progressWords } from "../../../src/extension/experiments/words";
import { readComparedRun } from "../../../src/extension/panels/compare/comparedRun";
import { RunFollower } from "../../../src/extension/panels/runFollower";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import { thisProcess } from "../../../src/maps/units/processIdentity";
import { packEvents } from "../../../src/run/eventBlock";
import { formatEvent } from "../../../src/run/eventCodec";
import type { BestEpochs, RunEvent, RunEventBody } from "../../../src/run/events";
import { secondsLeft } from "../../../src/run/pace";
import { selectBest } from "../../../src/run/selection";
import { observeLoss, startStopping } from "../../../src/run/stopping";
import { bestEvaluation } from "../../../webview/compare/model/results";
import { stateWord } from "../../../webview/shared/stateWord";
import { TrainingStore } from "../../../webview/training/store";
import { progressText } from "../../../webview/training/view/progressWords";
import { batchEvent, endEvent, epochEvent, startEvent } from "../../support/events";
import { temporaryFolder } from "../../support/folder";
import { fixtureExperiment } from "../../support/mapsFixture";

const RULE = { patience: 3, tolerance: 0 };
const start = (network: number, resumedAt: { epoch: number; batch: number } | null = null): RunEventBody =>
  startEvent({ network, epochs: 20, ...RULE, resumedAt });
const batches = (epoch: number, from: number, to: number): RunEventBody[] =>
  Array.from({ length: to - from }, (_, i) =>
    batchEvent(epoch, from + i, { loss: epoch === 1 ? Number.NaN : 0.7, seconds: 5 }),
  );

/** Ends of epochs as a trainer writes them. */
function epochEnds(losses: readonly number[], seconds: (epoch: number) => number): RunEventBody[] {
  let best: BestEpochs = {};
  let stopping = startStopping(RULE);
  return losses.map((loss, epoch) => {
    const validation = { loss, BA: epoch === 1 ? Number.NaN : 0.5 + epoch / 100 };
    const selected = selectBest(best, ["loss", "BA"], epoch, validation);
    best = selected.best;
    stopping = observeLoss(stopping, loss).state;
    return epochEvent(epoch, {
      seconds: seconds(epoch),
      validation,
      best,
      improved: [...selected.improved],
      stopping,
    });
  });
}

const stoppedEarly = epochEnds([0.6, 0.5, 0.7, 0.7, 0.7], () => 60);
const ends = epochEnds([0.6, 0.4, 0.5], (epoch) => (epoch === 2 ? 10 : 60));
const LOGS: readonly (readonly RunEventBody[])[] = [
  [
    start(0),
    ...stoppedEarly.flatMap((end, epoch) => [...batches(epoch, 0, 4), end]),
    endEvent({ reason: "early_stopping", epochs: 5, message: "" }),
  ],
  [
    start(1),
    ...batches(0, 0, 4),
    ends[0]!,
    ...batches(1, 0, 4),
    ends[1]!,
    // Killed after the third batch; the checkpoint was written after the second.
    ...batches(2, 0, 3),
    start(1, { epoch: 2, batch: 2 }),
    ...batches(2, 2, 4),
    ends[2]!,
    ...batches(3, 0, 1),
  ],
];

const own = await thisProcess();

describe("terminal, tree, status bar, panel and comparison", () => {
  let maps: string;
  let events: readonly (readonly RunEvent[])[];
  beforeEach(() => {
    maps = temporaryFolder();
    const place = mapsPlace(maps);
    events = LOGS.map((bodies, network) => {
      const file = place.split(0).network(network).eventsJsonl;
      mkdirSync(dirname(file), { recursive: true });
      const numbered = bodies.map((body, seq) => ({ seq, time: 1_000_000 * network + 1000 * seq, ...body }));
      writeFileSync(file, numbered.map(formatEvent).join(""));
      return numbered;
    });
    for (const metric of ["loss", "BA"]) mkdirSync(place.split(0).best(metric).folder, { recursive: true });
    mkdirSync(place.split(0).tmp, { recursive: true });
    mkdirSync(place.groups);
    writeFileSync(
      place.mapsJson,
      JSON.stringify({ ...fixtureExperiment, ...RULE, multi_network: true, num_networks: 2 }),
    );
    writeRun(0);
  });

  /** The record of a trainer that lives, and gave its last sign `ago` milliseconds ago. */
  const writeRun = (ago: number) =>
    writeFileSync(
      mapsPlace(maps).runJson,
      JSON.stringify({
        ...own,
        started: Date.now() - ago,
        heartbeat: Date.now() - ago,
        command: ["train"],
        gyrusVersion: "0.1.0",
        engine: "onnx",
        end: null,
      }),
    );

  const tree = async () => viewOf((await readMaps(maps))!);

  /** What the terminal of the resumed trainer says and draws last: it sees the events since the resumption. */
  function terminal() {
    const said: string[] = [];
    let drawn = "";
    const observe = trainingObserver({
      text: sayInEnglish,
      words: phraseText,
      print: () => {},
      say: (text) => said.push(text),
      columns: 200,
      draw: (text) => {
        drawn = text;
      },
    });
    const resumed = events[1]!.findLastIndex(({ kind }) => kind === "start");
    for (const event of events[1]!.slice(resumed)) observe(event, mapsPlace(maps).split(0).network(1));
    return { said, drawn };
  }

  /** The panel when it was sent all there is. */
  async function panel(): Promise<TrainingStore> {
    const store = new TrainingStore();
    const follower = new RunFollower(
      maps,
      basename(maps),
      {
        run: (run) => store.receive({ kind: "run", run }),
        events: (track, block, from) => {
          // As a message takes it.
          const { batches: columns, ...rest } = packEvents(block, from);
          const sent = { ...JSON.parse(JSON.stringify(rest)), batches: columns };
          store.receive({ kind: "events", track, block: sent });
        },
        table: () => {},
        restart: () => {},
      },
      "0.1.0",
    );
    follower.start({});
    const known = { "split-0/network-0": LOGS[0]!.length, "split-0/network-1": LOGS[1]!.length };
    await vi.waitFor(() => expect(store.known).toEqual(known), { timeout: 60_000, interval: 20 });
    follower.stop();
    return store;
  }

  it("agree on the state, and on a trainer that gives no sign", async () => {
    const states = async () => [
      statusWord((await tree()).status),
      stateWord((await panel()).run!.status).toLowerCase(),
      stateWord((await readComparedRun(maps, "0.1.0")).status).toLowerCase(),
    ];
    expect(new Set(await states())).toEqual(new Set(["running"]));
    writeRun(120_000);
    expect(new Set(await states())).toEqual(new Set(["not responding"]));
  });

  it("agree on the epoch", async () => {
    expect(terminal().drawn).toContain("epoch 4/20");
    expect(terminal().drawn).toContain("batch 1/4");
    const view = await tree();
    // The words of the status bar and of the tree's row.
    expect(progressWords(view)).toEqual(["network 1", "epoch 4/20"]);
    const track = (await panel()).track("split-0/network-1");
    expect(progressText(track)).toBe("Epoch 4 of 20, batch 1 of 4");
    const [stopped, resumed] = (await readComparedRun(maps, "0.1.0")).tracks;
    expect(resumed!.epochs).toEqual(Float64Array.of(0, 1, 2));
    expect(view.splits[0]!.networks.map(({ epoch }) => epoch)).toEqual([5, 3]);
    expect([stopped, resumed].map((one) => one!.epochs.at(-1)! + 1)).toEqual([5, 3]);
  });

  it("agree on the best epochs, to which what is not a number never belongs", async () => {
    const store = await panel();
    const compared = await readComparedRun(maps, "0.1.0");
    const { networks } = (await tree()).splits[0]!;
    const expected = [
      { loss: 1, BA: 4 },
      { loss: 1, BA: 2 },
    ];
    for (const [network, best] of expected.entries()) {
      const track = store.track(`split-0/network-${network}`);
      for (const [metric, epoch] of Object.entries(best)) {
        expect(track.best[metric]?.epoch).toBe(epoch);
        expect(networks[network]!.best.find((one) => one.metric === metric)?.epoch).toBe(epoch);
        const row = bestEvaluation(compared.tracks[network]!, metric);
        expect(compared.tracks[network]!.epochs[row]).toBe(epoch);
      }
    }
    // Marked in the line of its epoch.
    expect(terminal().said.at(-1)).toMatch(/epoch {2}3\/20 .*BA 0\.7500 \/ 0\.5200\*/);
  });

  it("agree on early stopping", async () => {
    const store = await panel();
    expect(terminal().said.at(-1)).toContain("no better for 1/3");
    expect(store.track("split-0/network-1").stopping).toMatchObject({ badEpochs: 1, patience: 3, best: 0.4 });
    expect(store.track("split-0/network-0").stopping).toMatchObject({ badEpochs: 3, patience: 3, best: 0.5 });
    expect(store.track("split-0/network-0").end?.reason).toBe("early_stopping");
    const { networks } = (await tree()).splits[0]!;
    expect(networks.map(({ end }) => end)).toEqual(["early_stopping", null]);
  });

  it("agree on the time left after a resumption", async () => {
    // 16.75 epochs of a minute: the rest of the epoch that was resumed took 10 s and is no whole one.
    expect(secondsLeft((await panel()).track("split-0/network-1"))).toBe(1005);
    expect(terminal().drawn).toContain("16:45 left");
  });
});
