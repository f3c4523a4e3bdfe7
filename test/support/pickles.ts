/** Pickles written by hand: small programs that ask for far more than they hold. */
import { zipSync } from "fflate";

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/** A PyTorch file of a pickle and its storages, by their keys. */
export const torchFileOf = (pickle: string, storages: Readonly<Record<string, Uint8Array>> = {}): Buffer =>
  Buffer.from(
    zipSync(
      {
        "a/data.pkl": bytesOf(pickle),
        ...Object.fromEntries(Object.entries(storages).map(([key, data]) => [`a/data/${key}`, data])),
        "a/version": bytesOf("3\n"),
      },
      { level: 0, mtime: new Date(1980, 0, 1) },
    ),
  );

const length = (value: number) =>
  String.fromCharCode(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
const text = (value: string) => `X${length(value.length)}${value}`;

/** Puts item 0 of the memo and 1, whatever was put there before them, through `use` again and again. */
const again = (before: string, use: string, times: number) => `\x80\x02${before}](${use.repeat(times)}e.`;

/** `_rebuild_tensor_v2` of storage 0 with so many numbers. @param size and `stride`: pickled tuples */
export const tensorPickle = (count: number, size: string, stride: string) =>
  "ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\n" +
  `${text("0")}${text("cpu")}J${length(count)}tQK\x00${size}${stride}\x89)tR`;

const MEGABYTE = 2 ** 20;

/** By what they do. Each is at most 4 MB. */
export const PICKLE_BOMBS: Readonly<Record<string, string>> = {
  "one text made into bytes again and again": again(
    `c_codecs\nencode\nq\x00${text("x".repeat(MEGABYTE))}${text("latin1")}\x86q\x01`,
    "h\x00h\x01R",
    20_000,
  ),
  "one list made into dictionaries again and again": again(
    `ccollections\nOrderedDict\nq\x00](${Array.from({ length: 100_000 }, (_, i) => `J${length(i)}N\x86`).join("")}e\x85q\x01`,
    "h\x00h\x01R",
    10_000,
  ),
  "millions of empty dictionaries": `\x80\x02](${"}".repeat(2 * MEGABYTE)}e.`,
  "millions of empty lists": `\x80\x02](${"]".repeat(2 * MEGABYTE)}e.`,
  "millions of marks": `\x80\x02${"(".repeat(2 * MEGABYTE)}.`,
  "millions of empty blocks of bytes": `\x80\x03](${"C\x00".repeat(2 * MEGABYTE)}e.`,
  "lists within lists": `\x80\x02${"]".repeat(3_000)}${"a".repeat(2_999)}.`,
  "a tensor of a million axes, again and again": again(
    `(${"K\x01".repeat(MEGABYTE)}tq\x00`,
    tensorPickle(1, "h\x00", "h\x00"),
    1_000,
  ),
  "numbers repeated by a stride of 0": `\x80\x02${tensorPickle(1, `J${length(2 ** 28)}\x85`, "K\x00\x85")}.`,
  "a block longer than any memory": "\x80\x04\x8e\xff\xff\xff\xff\xff\xff\x1f\x00.",
  "a text longer than any memory": "\x80\x04\x8d\xff\xff\xff\xff\xff\xff\x1f\x00.",
};

/** What each of them needs beside its pickle. */
export const BOMB_STORAGES = { "0": new Uint8Array(4) } as const;

/** Whole numbers of a thousand bytes each, one after the other: much to read, but all of it is there. */
export const LONG_NUMBERS = `\x80\x02](${`\x8b${length(1_000)}${"\x7f".repeat(1_000)}`.repeat(2_000)}e.`;
