import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type ByteSource, memorySource } from "../../../../src/data/nifti/niftiSeries";
import { encodeNifti } from "../../../../src/data/nifti/niftiWrite";
import { type LayerFiles, NiftiSession } from "../../../../src/extension/panels/nifti/niftiSession";
import type { SessionLimits } from "../../../../src/extension/panels/nifti/readImage";
import type { ToNifti } from "../../../../webview/nifti/messages";

const image = encodeNifti({ shape: [3, 4, 5], data: Float32Array.from({ length: 60 }, (_, i) => i) });

const noLayers: LayerFiles = { choose: async () => undefined, open: () => null };

function sessionOf(open: () => Promise<ByteSource>, limits?: SessionLimits, layers = noLayers) {
  const sent: ToNifti[] = [];
  const file = {
    uri: "file:///a/b.nii",
    name: "b.nii",
    size: async () => image.length,
    beside: async () => null,
    open,
  };
  const session = new NiftiSession(file, { Voxel: "Voxel" }, (message) => sent.push(message), layers, limits);
  return { session, sent, kinds: () => sent.map(({ kind }) => kind) };
}
const sound = async () => memorySource("b.nii", image);
const hello = { kind: "hello" } as const;
const read = (anyway: boolean, id = 1) =>
  ({ kind: "request", id, name: "readVolume", args: [0, anyway] }) as const;

const voxelsSchema = z.object({
  kind: z.literal("answer"),
  value: z.object({ kind: z.literal("voxels"), voxels: z.instanceof(Float32Array) }),
});

describe("the host of an image editor", () => {
  it("says what file it is, then what its header says, before any voxel", async () => {
    const { session, sent } = sessionOf(sound);
    await session.receive(hello);
    expect(sent).toMatchObject([
      { kind: "welcome", uri: "file:///a/b.nii", name: "b.nii" },
      {
        kind: "header",
        image: {
          sizes: [3, 4, 5],
          size: [3, 4, 5],
          volumes: 1,
          datatype: "float32",
          fileBytes: image.length,
        },
      },
    ]);
  });

  it("sends the volume that is asked for, in one array in the order of the file", async () => {
    const { session, sent } = sessionOf(sound);
    await session.receive(hello);
    await session.receive(read(false));
    const { voxels } = voxelsSchema.parse(sent.at(-1)).value;
    // encodeNifti was given z fastest; files keep x fastest.
    expect([...voxels].slice(0, 4)).toEqual([0, 20, 40, 5]);
    expect(voxels.byteLength).toBe(voxels.buffer.byteLength);
  });

  it("asks before it reads a large volume, and reads it when told", async () => {
    const { session, sent } = sessionOf(sound, { tell: 1000, ask: 100, refuse: 1000 });
    await session.receive(hello);
    await session.receive(read(false));
    const why = { bytes: 240, limit: 100, mayTry: true };
    expect(sent.at(-1)).toEqual({ kind: "answer", id: 1, value: { kind: "tooLarge", why } });
    await session.receive(read(true, 2));
    expect(sent.at(-1)).toMatchObject({ kind: "answer", id: 2, value: { kind: "voxels" } });
  });

  it("tells how far a large volume is read, and stops reading when nobody waits", async () => {
    const pieces = Array.from({ length: 12 }, (_, i) => image.subarray(352 + i * 20, 352 + (i + 1) * 20));
    let given = 0;
    let stop = () => {};
    const source = async (): Promise<ByteSource> => ({
      ...memorySource("b.nii", image),
      stream: async () =>
        Readable.from(
          (async function* () {
            for (const piece of pieces) {
              given++;
              if (given === 6) stop();
              yield piece;
              await new Promise((next) => setImmediate(next));
            }
          })(),
          { highWaterMark: 1 },
        ),
    });
    const { session, sent, kinds } = sessionOf(source, { tell: 100, ask: 1000, refuse: 1000 });
    await session.receive(hello);
    await session.receive(read(false));
    const shares = sent.flatMap((one) => (one.kind === "progress" ? [Math.floor(100 * one.share)] : []));
    expect(shares).toEqual([8, 16, 25, 33, 41, 50, 58, 66, 75, 83, 91]);
    expect(sent.at(-1)).toMatchObject({ kind: "answer", id: 1, value: { kind: "voxels" } });

    given = 0;
    stop = () => void session.receive({ kind: "cancel", id: 2 });
    const before = kinds().filter((kind) => kind !== "progress");
    await session.receive(read(false, 2));
    await new Promise((next) => setTimeout(next, 20));
    expect(given).toBeLessThan(9);
    expect(kinds().filter((kind) => kind !== "progress")).toEqual(before);
  });

  it("refuses a volume that no view can hold, whoever insists, and still shows its header", async () => {
    const { session, sent, kinds } = sessionOf(sound, { tell: 1000, ask: 100, refuse: 200 });
    await session.receive(hello);
    await session.receive(read(true));
    expect(kinds()).toEqual(["welcome", "header", "answer"]);
    expect(sent.at(-1)).toMatchObject({ value: { kind: "tooLarge", why: { limit: 200, mayTry: false } } });
  });

  const layer = { uri: "file:///a/map.nii", name: "map.nii", isMap: true };
  const beside = async (extension: string) => (extension === ".txt" ? "7 Hippocampus_L\n" : null);
  /** Only what Gyrus or the user names. */
  const named: LayerFiles = {
    choose: async () => layer,
    open: (uri, isNamed) =>
      isNamed ? { uri, name: "map.nii", size: async () => null, beside, open: sound } : null,
  };
  const openLayer = { kind: "request", id: 7, name: "openLayer", args: [layer.uri, 0] } as const;

  it("lays images over it that were asked for before the view was there, and while it was hidden", async () => {
    const { session, sent, kinds } = sessionOf(sound, undefined, named);
    session.addLayers([layer]);
    expect(sent).toEqual([]);
    await session.receive(hello);
    expect(sent[1]).toEqual({ kind: "layers", layers: [layer] });
    session.hidden();
    session.addLayers([layer]);
    expect(kinds()).toEqual(["welcome", "layers", "header"]);
    await session.receive(hello);
    expect(kinds().slice(3)).toEqual(["welcome", "layers", "header"]);
  });

  it("sends a layer that the user chose, and none that the view alone names", async () => {
    const { session, sent } = sessionOf(sound, undefined, named);
    await session.receive(hello);
    await session.receive(openLayer);
    expect(sent.at(-1)).toEqual({ kind: "answer", id: 7, value: { kind: "elsewhere" } });
    await session.receive({ kind: "addLayer" });
    expect(sent.at(-1)).toEqual({ kind: "layers", layers: [layer] });
    await session.receive(openLayer);
    expect(sent.at(-1)).toMatchObject({
      value: {
        kind: "layer",
        image: { size: [3, 4, 5] },
        voxels: expect.any(Float32Array),
        regions: [[7, "Hippocampus_L"]],
      },
    });
  });

  it("sends the volume of a layer that is asked for, and the last one where there are fewer", async () => {
    const one = encodeNifti({ shape: [3, 4, 5], data: new Float32Array(60).fill(1) });
    // Two volumes: the length of the fourth axis is at byte 48, the number of axes at 40.
    const series = Buffer.concat([one, Buffer.from(new Float32Array(60).fill(2).buffer)]);
    series.writeInt16LE(4, 40);
    series.writeInt16LE(2, 48);
    const open = async () => memorySource("map.nii", series);
    const files: LayerFiles = {
      ...named,
      open: (uri) => ({ uri, name: "map.nii", size: async () => null, beside, open }),
    };
    const { session, sent } = sessionOf(sound, undefined, files);
    await session.receive(hello);
    for (const [volume, value] of [
      [0, 1],
      [1, 2],
      [7, 2],
    ] as const) {
      await session.receive({ ...openLayer, args: [layer.uri, volume] });
      const { voxels } = z
        .object({ value: z.object({ voxels: z.instanceof(Float32Array) }) })
        .parse(sent.at(-1)).value;
      expect(new Set(voxels)).toEqual(new Set([value]));
    }
  });

  it("sends no layer that would fill the memory", async () => {
    const { session, sent } = sessionOf(sound, { tell: 1000, ask: 100, refuse: 1000 }, named);
    await session.receive({ kind: "addLayer" });
    await session.receive(openLayer);
    expect(sent.at(-1)).toMatchObject({ value: { kind: "tooLarge", why: { bytes: 240, limit: 100 } } });
  });

  it("says what is wrong with a file, and what to do", async () => {
    const { session, sent } = sessionOf(async () => memorySource("b.nii", Buffer.from("no image")));
    await session.receive(hello);
    expect(sent.at(-1)).toEqual({
      kind: "faults",
      faults: [
        {
          message: "This is not a NIfTI file.",
          remedy: "Give a `.nii` or `.nii.gz` image; convert other formats first.",
        },
      ],
    });
  });

  it("says that voxels are missing, after the header", async () => {
    const { session, sent, kinds } = sessionOf(async () => memorySource("b.nii", image.subarray(0, 400)));
    await session.receive(hello);
    await session.receive(read(false));
    expect(kinds()).toEqual(["welcome", "header", "failure"]);
    expect(sent.at(-1)).toMatchObject({ id: 1, failure: [{ message: expect.stringMatching(/truncated/) }] });
  });

  it("says when the file system refuses", async () => {
    const { session, sent } = sessionOf(() => Promise.reject(new Error("No connection.")));
    await session.receive(hello);
    expect(sent.at(-1)).toMatchObject({ faults: [{ message: "No connection." }] });
  });

  it("does not send what the view does not wait for any more", async () => {
    const { session, sent } = sessionOf(sound);
    await session.receive(hello);
    const slow = session.receive(read(false));
    await session.receive({ kind: "cancel", id: 1 });
    await session.receive(read(false, 2));
    await slow;
    expect(sent.filter(({ kind }) => kind === "answer")).toMatchObject([{ id: 2 }]);
  });

  it("does not send to a view that began anew what the one before it asked for", async () => {
    const { session, kinds } = sessionOf(sound);
    await session.receive(hello);
    const before = session.receive(read(false));
    await session.receive(hello);
    await before;
    expect(kinds()).toEqual(["welcome", "header", "welcome", "header"]);
  });

  it("begins anew when the file was written again", async () => {
    const { session, kinds } = sessionOf(sound);
    await session.receive(hello);
    await session.reload();
    expect(kinds()).toEqual(["welcome", "header", "changed", "header"]);
  });
});
