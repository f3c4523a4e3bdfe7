import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { crc32c, eventFile } from "../../../src/cli/tensorboard/eventFile";
import { mapsPlace } from "../../../src/maps/folder/place";
import { temporaryFolder } from "../../support/folder";
import { writeMapsFixture } from "../../support/mapsFixture";
import { gyrus, resultOf } from "../../support/memoryTerminal";

/** The bytes of each record, whose checksums must be those of its bytes. */
function recordsOf(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  const unmasked = (at: number) => {
    const rotated = (file.readUInt32LE(at) - 0xa282ead8) >>> 0;
    return ((rotated >>> 17) | (rotated << 15)) >>> 0;
  };
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    expect(unmasked(at + 8)).toBe(crc32c(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(unmasked(at + 12 + length)).toBe(crc32c(data));
    records.push(data);
    at += length + 16;
  }
  return records;
}

describe("an event file of TensorBoard", () => {
  it("has the checksums of RFC 3720", () => {
    expect(crc32c(Buffer.alloc(32, 0))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  });

  it("begins with its version and holds an event a value", () => {
    const file = Buffer.from(
      eventFile([
        { tag: "loss/train", step: 3, time: 1.5, value: 0.25 },
        { tag: "loss/train", step: 4, time: 2, value: Number.NaN },
      ]),
    );
    const [version, event, ...others] = recordsOf(file);
    expect(version?.includes("brain.Event:2")).toBe(true);
    expect(others).toEqual([]);
    // wall_time (1, double), step (2), summary (5) of a value (1) with tag (1) and simple_value (2, float).
    const time = Buffer.alloc(8);
    time.writeDoubleLE(1.5);
    const value = Buffer.alloc(4);
    value.writeFloatLE(0.25);
    const entry = Buffer.concat([
      Buffer.from([0x0a, 10]),
      Buffer.from("loss/train"),
      Buffer.from([0x15]),
      value,
    ]);
    const summary = Buffer.concat([Buffer.from([0x0a, entry.length]), entry]);
    expect(event).toEqual(
      Buffer.concat([Buffer.from([0x09]), time, Buffer.from([0x10, 3, 0x2a, summary.length]), summary]),
    );
  });

  it("is written of every split of a MAPS", async () => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    writeMapsFixture(maps, { splits: [0, 1] });
    for (const split of [0, 1]) {
      const table = mapsPlace(maps).split(split).network().trainingTsv;
      mkdirSync(dirname(table), { recursive: true });
      const rows = [
        "epoch\titeration\ttime\tloss_train\tloss_valid",
        "0\t3\t1.5\t0.7\t0.69",
        "1\t3\t3.1\t0.5\t0.6",
      ];
      writeFileSync(table, `${rows.join("\n")}\n`);
    }
    const { files } = resultOf(
      (await gyrus("export", maps, join(folder, "curves"), "--tensorboard", "--json")).printed,
    );
    expect(files).toHaveLength(2);
    for (const file of files) expect(recordsOf(readFileSync(file))).toHaveLength(1 + 4);
    const none = await gyrus("export", temporaryFolder(), join(folder, "none"), "--tensorboard");
    expect(none.said).toContain("no curves");
  });
});
