import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../../src/experiment/problems/problem";
import { loadModel } from "../../../../src/maps/weights/model";
import { pickle } from "../../../../src/maps/weights/torch/pickle";
import { readTorchFile, writeTorchFile } from "../../../../src/maps/weights/torch/torchFile";
import {
  Float,
  isDict,
  isTensor,
  OrderedDict,
  type TorchDict,
  type TorchValue,
  Tuple,
} from "../../../../src/maps/weights/torch/torchValue";
import { unpickle } from "../../../../src/maps/weights/torch/unpickle";
import type { Tensor } from "../../../../src/network/weights/tensor";
import { fixture } from "../../../support/fixturePath";
import { temporaryFolder } from "../../../support/folder";
import { BOMB_STORAGES, LONG_NUMBERS, PICKLE_BOMBS, torchFileOf } from "../../../support/pickles";
import { describeWithReference, reference } from "../../../support/reference";

async function readDict(path: string): Promise<TorchDict> {
  const value = await readTorchFile(path);
  if (!isDict(value)) throw new Error("not a dict");
  return value;
}

function tensorOf(dict: TorchDict, key: string): Tensor {
  const value = dict.get(key);
  if (!isTensor(value)) throw new Error(`${key} is not a tensor`);
  return value;
}

const numbers = (tensor: Tensor) => Array.from(tensor.data, Number);

/** What is wrong with the file, or with an archive made of these records. */
async function problemOf(path: string) {
  const error = await readTorchFile(path).catch((error: unknown) => error);
  if (!(error instanceof InputError)) throw new Error(`no InputError but ${String(error)}`);
  return error.problems[0]!;
}

function archive(records: Record<string, Uint8Array>): string {
  const path = join(temporaryFolder(), "archive.pt");
  writeFileSync(path, zipSync(records, { level: 0 }));
  return path;
}

const text = (content: string) => new Uint8Array(Buffer.from(content, "latin1"));
const pickled = (content: string) => archive({ "a/data.pkl": text(content), "a/version": text("3\n") });

describe.each(["values.pt", "values_protocol4.pt"])("readTorchFile of %s, written by torch.save", (name) => {
  const read = () => readDict(fixture(`maps/${name}`));

  it("reads contiguous, transposed, sliced, expanded, scalar and empty tensors in row-major order", async () => {
    const dict = await read();
    const base = Array.from({ length: 24 }, (_, i) => i);
    expect(tensorOf(dict, "float")).toMatchObject({ dtype: "float32", shape: [2, 3, 4] });
    expect(numbers(tensorOf(dict, "float"))).toEqual(base);
    expect(tensorOf(dict, "transposed").shape).toEqual([4, 2, 3]);
    expect(numbers(tensorOf(dict, "transposed")).slice(0, 7)).toEqual([0, 4, 8, 12, 16, 20, 1]);
    expect(tensorOf(dict, "slice").shape).toEqual([3, 2]);
    expect(numbers(tensorOf(dict, "slice"))).toEqual([13, 14, 17, 18, 21, 22]);
    expect(numbers(tensorOf(dict, "row"))).toEqual([20, 21, 22, 23]);
    expect(numbers(tensorOf(dict, "expanded"))).toEqual([1.5, 1.5, 1.5, -2.5, -2.5, -2.5]);
    expect(tensorOf(dict, "scalar")).toEqual({ dtype: "int64", shape: [], data: new BigInt64Array([7n]) });
    expect(tensorOf(dict, "empty")).toEqual({ dtype: "float32", shape: [0, 3], data: new Float32Array(0) });
  });

  it("widens half and bfloat16 to float32, and small integers and bool to int64", async () => {
    const dict = await read();
    expect(tensorOf(dict, "half").dtype).toBe("float32");
    expect(numbers(tensorOf(dict, "half"))).toEqual([
      1,
      -0.333251953125,
      65504,
      2 ** -24,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
    expect(numbers(tensorOf(dict, "bfloat16"))).toEqual([
      1,
      -3.140625,
      0.00099945068359375,
      Number.POSITIVE_INFINITY,
    ]);
    for (const name of ["int", "short", "char"]) {
      expect(tensorOf(dict, name)).toEqual({
        dtype: "int64",
        shape: [3],
        data: new BigInt64Array([-3n, 0n, 100n]),
      });
    }
    expect(numbers(tensorOf(dict, "byte"))).toEqual([0, 255]);
    expect(numbers(tensorOf(dict, "bool"))).toEqual([1, 0]);
    expect(tensorOf(dict, "long").data).toEqual(new BigInt64Array([-1n, 2n ** 62n]));
    expect(tensorOf(dict, "double").data).toEqual(new Float64Array([0.1, 1e300]));
  });

  it("reads parameters as tensors, and plain Python containers", async () => {
    const dict = await read();
    expect(dict).toBeInstanceOf(OrderedDict);
    expect(numbers(tensorOf(dict, "parameter"))).toEqual([0.25, 0.5]);
    expect(dict.get("plain")).toEqual(
      new Map<string | number, TorchValue>([
        ["none", null],
        ["yes", true],
        ["no", false],
        ["list", [1, 2.5, "text é"]],
        ["tuple", new Tuple([1, 2, 3, 4])],
        ["single", new Tuple([1])],
        ["none_in", new Tuple([])],
        ["bytes", new Uint8Array([0, 255, 128])],
        ["big", 2n ** 70n],
        ["negative", -300],
        ["large", 2 ** 40],
        [3, "number key"],
        ["size", new Tuple([5, 6])],
        [
          "ordered",
          new OrderedDict<TorchValue>([
            ["b", 1],
            ["a", 2],
          ]),
        ],
      ]),
    );
  });
});

describe("readTorchFile", () => {
  it("refuses an object of a class by the class's name, and says how to save weights", async () => {
    const problem = await problemOf(fixture("maps/module.pt"));
    expect(problem.message).toContain("torch.nn.modules.linear.Linear");
    expect(problem.remedy).toContain("state_dict");
  });

  it.each([
    ["a call by name", "cos\nsystem\n(X\x04\x00\x00\x00lstR.", "os.system"],
    [
      "a call by name from the stack",
      "\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02ls\x85R.",
      "posix.system",
    ],
    ["a builtin", "\x80\x02c__builtin__\neval\n.", "__builtin__.eval"],
    ["a name of PyTorch that is not a storage", "\x80\x02ctorch\nload\n.", "torch.load"],
  ])("refuses %s", async (_, content, name) => {
    expect((await problemOf(pickled(content))).message).toContain(name);
  });

  it.each([
    ["an unknown instruction", "\x80\x02ios\nsystem\n."],
    ["a name left over as a value", "\x80\x02ccollections\nOrderedDict\n."],
    ["a value taken from an empty stack", "\x80\x02R."],
    ["a memo that was never filled", "\x80\x02h\x05."],
    ["a text longer than the file", "\x80\x02X\xff\xff\xff\x7fa."],
    ["no end", "\x80\x02}"],
    ["a list that contains itself", "\x80\x02]q\x00h\x00a."],
    ["a state for something that has none", "\x80\x02]}b."],
    ["an end inside a mark", "\x80\x02](."],
    ["odd dictionary items", "\x80\x02}(K\x01u."],
    ["a list as key", "\x80\x02}]K\x01s."],
    ["a number that takes hours to read", `\x80\x02\x8b\x00\x00\x10\x00${"\x7f".repeat(2 ** 20)}.`],
  ])("refuses a pickle with %s", async (_, content) => {
    expect((await problemOf(pickled(content))).remedy).not.toBe("");
  });

  it("refuses tensors that reach beyond their storage or repeat it without measure", async () => {
    const tensor = (length: string, size: string, stride: string) =>
      "\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\n" +
      `X\x01\x00\x00\x000X\x03\x00\x00\x00cpu${length}tQK\x00${size}${stride}\x89}tR.`;
    const make = (content: string) =>
      archive({ "a/data.pkl": text(content), "a/data/0": new Uint8Array(8), "a/version": text("3\n") });
    expect(await readTorchFile(make(tensor("K\x02", "K\x02\x85", "K\x01\x85")))).toMatchObject({
      shape: [2],
    });
    expect((await problemOf(make(tensor("K\x02", "K\x03\x85", "K\x01\x85")))).message).toContain("beyond");
    expect((await problemOf(make(tensor("K\x03", "K\x02\x85", "K\x01\x85")))).message).toContain(
      "8 bytes instead of 12",
    );
    const huge = tensor("K\x02", "J\xff\xff\xff\x7fJ\xff\xff\xff\x7f\x86", "K\x00K\x00\x86");
    expect((await problemOf(make(huge))).message).toContain("repeats");
    const large = tensor("K\x02", "J\x00\x00\x80\x01\x85", "K\x00\x85").slice(2, -1);
    expect((await problemOf(make(`\x80\x02](${large.repeat(3)}e.`))).message).toContain("repeats");
  });

  it("refuses the format of before PyTorch 1.6 with the line that converts it", async () => {
    const problem = await problemOf(fixture("maps/legacy.pt"));
    expect(problem.message).toContain("1.6");
    expect(problem.remedy).toContain("torch.save(torch.load(path), path)");
  });

  it("refuses what is not a PyTorch file", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "x.pt");
    expect(await problemOf(path)).toMatchObject({
      file: path,
      message: expect.stringContaining("not exist"),
    });
    expect((await problemOf(folder)).message).toContain("folder");
    writeFileSync(path, "");
    expect((await problemOf(path)).message).toContain("empty");
    writeFileSync(path, "participant_id\tsession_id\n");
    expect((await problemOf(path)).message).toContain("not a PyTorch file");
    expect((await problemOf(archive({ "a/b.txt": text("x") }))).message).toContain(
      "not one that torch.save wrote",
    );
    const script = archive({ "a/data.pkl": text("N."), "a/constants.pkl": text("N.") });
    expect((await problemOf(script)).message).toContain("TorchScript");
  });

  it("refuses compressed records", async () => {
    const path = join(temporaryFolder(), "x.pt");
    writeFileSync(path, zipSync({ "a/data.pkl": new Uint8Array(1000) }, { level: 9 }));
    expect((await problemOf(path)).message).toContain("compressed");
  });

  it("reads sizes and offsets of 64 bits", async () => {
    const content = text("\x80\x02K\x07.");
    const wide = Buffer.alloc(24);
    for (const [place, value] of [content.length, content.length, 0].entries())
      wide.writeBigUInt64LE(BigInt(value), 8 * place);
    const bytes = Buffer.from(
      zipSync({ "a/data.pkl": [content, { extra: { 1: new Uint8Array(wide) } }] }, { level: 0 }),
    );
    const entry = bytes.indexOf("PK\x01\x02", "latin1");
    for (const field of [20, 24, 42]) bytes.writeUInt32LE(0xffffffff, entry + field);
    const path = join(temporaryFolder(), "x.pt");
    writeFileSync(path, bytes);
    expect(await readTorchFile(path)).toBe(7);
  });

  it("refuses records that overlap, which could fill any memory", async () => {
    const bytes = Buffer.from(
      zipSync({ "a/data.pkl": text("N."), "a/data/0": new Uint8Array(1000) }, { level: 0 }),
    );
    const entry = bytes.indexOf("PK\x01\x02", "latin1");
    bytes.writeUInt32LE(1100, entry + 24);
    const path = join(temporaryFolder(), "x.pt");
    writeFileSync(path, bytes);
    expect((await problemOf(path)).message).toContain("directory");
  });

  it("reads big-endian files", async () => {
    const records = unzipSync(readFileSync(fixture("maps/values.pt")));
    const swapped: Record<string, Uint8Array> = {};
    const widths = [4, 4, 8, 4, 8, 2, 2, 8, 4, 2, 1, 1, 1, 4];
    for (const [name, content] of Object.entries(records)) {
      const key = /\/data\/(\d+)$/.exec(name)?.[1];
      swapped[name.replace(/^[^/]+/, "a")] =
        key === undefined ? content : swap(content, widths[Number(key)]!);
    }
    const dict = await readDict(archive({ ...swapped, "a/byteorder": text("big") }));
    expect(numbers(tensorOf(dict, "transposed")).slice(0, 3)).toEqual([0, 4, 8]);
    expect(numbers(tensorOf(dict, "double"))).toEqual([0.1, 1e300]);
    expect(numbers(tensorOf(dict, "bfloat16"))[1]).toBe(-3.140625);
  });

  it("reports a file that was cut off, wherever the cut is", async () => {
    const whole = readFileSync(fixture("maps/values.pt"));
    const path = join(temporaryFolder(), "x.pt");
    for (let length = 1; length < whole.length; length += 97) {
      writeFileSync(path, whole.subarray(0, length));
      expect((await problemOf(path)).file).toBe(path);
    }
  });

  it("reports a changed byte in the numbers", async () => {
    const bytes = readFileSync(fixture("maps/values.pt"));
    const place = bytes.indexOf(Buffer.from(new Float32Array([20, 21, 22, 23]).buffer));
    bytes[place]! ^= 1;
    const path = join(temporaryFolder(), "x.pt");
    writeFileSync(path, bytes);
    expect((await problemOf(path)).message).toContain("damaged");
  });
});

function swap(content: Uint8Array, width: number): Uint8Array {
  const copy = Buffer.from(content);
  if (width === 2) copy.swap16();
  if (width === 4) copy.swap32();
  if (width === 8) copy.swap64();
  return new Uint8Array(copy);
}

describe("a small file that asks for much", () => {
  it.each(Object.entries(PICKLE_BOMBS))("is refused: %s", async (_, content) => {
    const path = join(temporaryFolder(), "x.pt");
    writeFileSync(path, torchFileOf(content, BOMB_STORAGES));
    const before = process.memoryUsage().arrayBuffers;
    expect((await problemOf(path)).code).toBe("weights.unreadable");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 28);
  });

  it("is read where it holds all that it makes", async () => {
    const path = join(temporaryFolder(), "x.pt");
    writeFileSync(path, torchFileOf(LONG_NUMBERS));
    const value = await readTorchFile(path);
    expect(Array.isArray(value) && value.length).toBe(2_000);
  });
});

describe("values of numpy beside the weights", () => {
  it.each(["numpy1.pt", "numpy2.pt", "numpy2_protocol5.pt"])("are passed over: %s", async (name) => {
    const saved = await loadModel(fixture(`maps/${name}`));
    expect({ epoch: saved.epoch, name: saved.name }).toEqual({ epoch: 7, name: "Conv5_FC3" });
    expect(numbers(saved.state.get("fc.weight")!)).toEqual([0.5, -1, 2, 0.25]);
    const whole = await readDict(fixture(`maps/${name}`));
    expect(whole.get("valid_accuracy")).toBeNull();
    expect(whole.get("best")).toEqual(
      new Map([
        ["loss", null],
        ["epoch", null],
      ]),
    );
    expect(whole.get("history")).toEqual([null, null]);
    expect(whole.get("labels")).toEqual(new Tuple([null, null]));
  });

  it("are no way to call anything else of numpy", async () => {
    const call = "\x80\x02cnumpy\nload\nX\x01\x00\x00\x00x\x85R.";
    expect((await problemOf(pickled(call))).message).toContain("numpy.load");
  });
});

describe("unpickle", () => {
  it("gives a value or a TorchFileError for any single changed byte, and nothing else", () => {
    const records = unzipSync(readFileSync(fixture("maps/values.pt")));
    const [, content] = Object.entries(records).find(([name]) => name.endsWith("data.pkl"))!;
    for (let place = 0; place < content.length; place++) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const damaged = content.slice();
        damaged[place]! ^= flip;
        try {
          unpickle(damaged, () => {
            throw new Error("storage reached");
          });
        } catch (error) {
          if (!(error instanceof Error && error.message === "storage reached")) {
            expect(error).toMatchObject({ name: "TorchFileError" });
          }
        }
      }
    }
  });
});

describe("writeTorchFile", () => {
  it("writes every kind of value whole, wherever its buffer grows", () => {
    const values: TorchValue[] = [1, 300, 70_000, 2 ** 40, 0.5, "text", new Tuple([1, 2, 3, 4]), null, true];
    const others = new OrderedDict<TorchValue>([["bytes", new Uint8Array([1, 2])]]);
    // The buffer has 4096 bytes at first: the text moves each of the values over its end.
    for (let length = 3600; length < 4096; length++) {
      const content: TorchValue = ["x".repeat(length), ...values, others];
      const read = unpickle(pickle(content).bytes, () => {
        throw new Error("there is no tensor");
      });
      expect(read, `after a text of ${length} letters`).toEqual(content);
    }
  });

  const shared = new Float32Array([1, 2, 3, 4]);
  const value: TorchDict = new Map<string | number, TorchValue>([
    [
      "model",
      new OrderedDict<TorchValue>([
        ["weight", { dtype: "float32", shape: [2, 2], data: shared }],
        ["same", { dtype: "float32", shape: [4], data: shared }],
        ["part", { dtype: "float32", shape: [2], data: shared.subarray(1, 3) }],
        ["double", { dtype: "float64", shape: [1], data: new Float64Array([Math.PI]) }],
        ["count", { dtype: "int64", shape: [], data: new BigInt64Array([12n]) }],
        ["empty", { dtype: "float32", shape: [0, 5], data: new Float32Array(0) }],
      ]),
    ],
    ["epoch", 17],
    ["numbers", [0, 255, 256, 65535, 65536, -1, 2 ** 31, 2 ** 53 - 1, 0.1, -1e-300, new Float(1)]],
    ["big", -(2n ** 62n)],
    ["text", "naïve ☃"],
    ["bytes", new Uint8Array([0, 127, 128, 255])],
    ["none", null],
    ["flags", new Tuple([true, false])],
    ["tuples", [new Tuple([]), new Tuple([1]), new Tuple([1, 2, 3]), new Tuple([1, 2, 3, 4])]],
    [3, new Map<string, TorchValue>()],
  ]);

  it("writes what readTorchFile reads back", async () => {
    const path = join(temporaryFolder(), "new", "x.pt");
    await writeTorchFile(path, value);
    const read = await readDict(path);
    const expected = new Map(value);
    expected.set("numbers", [0, 255, 256, 65535, 65536, -1, 2 ** 31, 2 ** 53 - 1, 0.1, -1e-300, 1]);
    expect(read).toEqual(expected);
    expect(read.get("model")).toBeInstanceOf(OrderedDict);
  });

  it("gives the same bytes for the same value, numbers aligned to 64 bytes, each memory once", async () => {
    const folder = temporaryFolder();
    await writeTorchFile(join(folder, "a.pt"), value);
    await writeTorchFile(join(folder, "b.pt"), value);
    const bytes = readFileSync(join(folder, "a.pt"));
    expect(bytes.equals(readFileSync(join(folder, "b.pt")))).toBe(true);
    const place = bytes.indexOf(Buffer.from(shared.buffer));
    expect(place % 64).toBe(0);
    expect(bytes.indexOf(Buffer.from(shared.buffer), place + 1)).toBe(-1);
    expect(Object.keys(unzipSync(bytes))).toEqual([
      "archive/data.pkl",
      "archive/byteorder",
      ...[0, 1, 2, 3, 4].map((key) => `archive/data/${key}`),
      "archive/version",
    ]);
  });
});

describeWithReference("readTorchFile of ClinicaDL's weights", ["reference/maps_ae"], () => {
  it("reads model.pth.tar and the tensors of a reconstruction", async () => {
    const maps = reference("reference/maps_ae/split-0/best-loss");
    const saved = await readDict(join(maps, "model.pth.tar"));
    expect(saved.get("name")).toBe("AE_Conv5_FC3");
    const state = saved.get("model");
    expect(isDict(state) && tensorOf(state, "encoder.0.weight").shape).toEqual([8, 1, 3, 3, 3]);
    const output = await readTorchFile(join(maps, "train/tensors/sub-002_ses-M000_image-0_output.pt"));
    expect(output).toMatchObject({ dtype: "float32", shape: [1, 49, 57, 45] });
  });
});
