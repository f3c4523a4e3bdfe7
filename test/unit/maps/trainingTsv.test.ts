import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTrainingTsv, type TrainingRow, TrainingTsv } from "../../../src/maps/tables/trainingTsv";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

const row = (epoch: number, loss: number): TrainingRow => ({
  epoch,
  iteration: 3,
  time: 1.5 * (epoch + 1),
  train: { R2_score: 0.5, MAE: 1, RMSE: 2, loss },
  validation: { R2_score: -0.25, MAE: 3, RMSE: 4, loss: loss + 1 },
});

describe("TrainingTsv", () => {
  it("writes ClinicaDL's columns and number formats", async () => {
    const file = join(temporaryFolder(), "training_logs", "training.tsv");
    const table = await TrainingTsv.create(file, "regression");
    table.append(row(0, 0.1));
    table.append(row(1, Number.NaN));
    expect(readFileSync(file, "utf8").split("\n")).toEqual([
      "epoch\titeration\ttime\tR2_score_train\tMAE_train\tRMSE_train\tloss_train\tR2_score_valid\tMAE_valid\tRMSE_valid\tloss_valid",
      "0\t3\t1.5\t0.5\t1.0\t2.0\t0.1\t-0.25\t3.0\t4.0\t1.1",
      "1\t3\t3.0\t0.5\t1.0\t2.0\t\t-0.25\t3.0\t4.0\t",
      "",
    ]);
  });

  it("begins a resumed table with the rows that it keeps", async () => {
    const file = join(temporaryFolder(), "training.tsv");
    const first = await TrainingTsv.create(file, "regression");
    for (let epoch = 0; epoch < 4; epoch++) first.append(row(epoch, epoch));
    const kept = (await readTrainingTsv(file)).filter(({ epoch }) => epoch < 2);
    const resumed = await TrainingTsv.create(file, "regression", kept);
    resumed.append(row(2, 20));
    expect(await readTrainingTsv(file)).toEqual([row(0, 0), row(1, 1), row(2, 20)]);
  });

  it("writes the mean over the classes where a metric has one value for each", async () => {
    const file = join(temporaryFolder(), "training.tsv");
    const table = await TrainingTsv.create(file, "classification");
    const metrics = { "BA-0": 0.5, "BA-1": 0.75, "BA-10": 1, accuracy: 0.8, loss: 1 };
    table.append({ epoch: 0, iteration: 0, time: 0, train: metrics, validation: metrics });
    const [read] = await readTrainingTsv(file);
    expect(read!.train.BA).toBe(0.75);
    expect(read!.train.accuracy).toBe(0.8);
    expect(read!.validation.PPV).toBeNaN();
  });
});

describe("readTrainingTsv", () => {
  it("leaves out a last line that is not finished", async () => {
    const file = join(temporaryFolder(), "training.tsv");
    (await TrainingTsv.create(file, "regression")).append(row(0, 0.5));
    appendFileSync(file, "1\t3\t3.0\t0.");
    expect(await readTrainingTsv(file)).toEqual([row(0, 0.5)]);
  });

  it("reads the table of ClinicaDL 0.2", async () => {
    const file = join(temporaryFolder(), "training.tsv");
    writeFileSync(
      file,
      "epoch\titeration\ttime\tbalanced_accuracy_train\tloss_train\tbalanced_accuracy_valid\tloss_valid\n0\t9\t12.5\t0.5\t0.7\t0.625\t0.69\n",
    );
    expect(await readTrainingTsv(file)).toEqual([
      {
        epoch: 0,
        iteration: 9,
        time: 12.5,
        train: { BA: 0.5, loss: 0.7 },
        validation: { BA: 0.625, loss: 0.69 },
      },
    ]);
  });
});

describeWithReference("training.tsv of ClinicaDL", ["reference/maps_image", "reference/maps_ae"], () => {
  it.each([
    ["maps_image", "classification"],
    ["maps_ae", "reconstruction"],
  ] as const)("has the header that we write (%s)", async (maps, task) => {
    const theirs = reference(`reference/${maps}/split-0/training_logs/training.tsv`);
    expect(await readTrainingTsv(theirs)).toEqual([]);
    const ours = join(temporaryFolder(), "training.tsv");
    await TrainingTsv.create(ours, task);
    expect(readFileSync(ours, "utf8")).toBe(readFileSync(theirs, "utf8"));
  });
});
