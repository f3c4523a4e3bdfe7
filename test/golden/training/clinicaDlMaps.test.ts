import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMetrics } from "../../../src/maps/tables/metricsTsv";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { predictGroup } from "../../../src/training/results/predictGroup";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

/** Predicts the group `test` of a MAPS that ClinicaDL trained, in a copy. */
async function predictTest(name: string): Promise<string> {
  const maps = join(temporaryFolder(), name);
  cpSync(reference(`reference/${name}`), maps, { recursive: true });
  const outcome = await predictGroup(
    { maps, group: "test", caps: reference("reference/caps") },
    { engine: await createOnnxEngine({ threads: 2 }) },
  );
  expect(outcome.results.map(({ split, metric }) => [split, metric])).toEqual([[0, "loss"]]);
  return maps;
}

describeWithReference(
  "a MAPS of ClinicaDL",
  ["reference/maps_image", "reference/maps_ae", "reference/caps"],
  () => {
    it("predicts the probabilities that ClinicaDL did", async () => {
      const maps = await predictTest("maps_image");
      const read = async (where: string) => {
        const table = await readPredictions(
          mapsPlace(where).split(0).best("loss").results("test").predictionTsv("image"),
          "classification",
        );
        if (table.task !== "classification") throw new Error("classification expected");
        return table.rows;
      };
      const [ours, theirs] = [await read(maps), await read(reference("reference/maps_image"))];
      expect(ours).toHaveLength(theirs.length);
      for (const [i, row] of theirs.entries()) {
        const { probabilities, ...rest } = ours[i]!;
        expect({ ...rest }).toEqual({
          participantId: row.participantId,
          sessionId: row.sessionId,
          part: row.part,
          trueLabel: row.trueLabel,
          predictedLabel: row.predictedLabel,
        });
        expect(Math.abs(probabilities[0]! - row.probabilities[0]!)).toBeLessThan(1e-4);
      }
      const [metrics] = await readMetrics(
        mapsPlace(maps).split(0).best("loss").results("test").metricsTsv("image"),
      );
      const [expected] = await readMetrics(
        mapsPlace(reference("reference/maps_image"))
          .split(0)
          .best("loss")
          .results("test")
          .metricsTsv("image"),
      );
      for (const [name, value] of Object.entries(expected!.values)) {
        // ClinicaDL's loss is a sum of batch means.
        if (name !== "loss") expect(metrics!.values[name], name).toBeCloseTo(value, 12);
      }
    });

    it("reconstructs as ClinicaDL did", async () => {
      const maps = await predictTest("maps_ae");
      const read = async (where: string) => {
        const table = await readPredictions(
          mapsPlace(where).split(0).best("loss").results("test").predictionTsv("image"),
          "reconstruction",
        );
        if (table.task !== "reconstruction") throw new Error("reconstruction expected");
        return table.rows;
      };
      const [ours, theirs] = [await read(maps), await read(reference("reference/maps_ae"))];
      expect(ours).toHaveLength(theirs.length);
      for (const [i, row] of theirs.entries()) {
        for (const [name, value] of Object.entries(row.metrics)) {
          expect(Math.abs(ours[i]!.metrics[name]! / value - 1), `${row.participantId} ${name}`).toBeLessThan(
            1e-4,
          );
        }
      }
    });
  },
);
