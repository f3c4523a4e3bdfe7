/**
 * The directory of a zip file whose records are stored without compression, as PyTorch writes them, read by position:
 * a checkpoint of many gigabytes is never in memory as a whole. (PKWARE APPNOTE.TXT 4.3, zip64 included.)
 */
import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { type Sentence, sentence } from "../../../network/sentence";
import { TorchFileError } from "./torchValue";

interface ZipRecord {
  readonly headerOffset: number;
  readonly size: number;
  readonly crc: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END_OF_DIRECTORY = 0x06064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const ZIP64_EXTRA = 0x0001;

const END_LENGTH = 22;
const LOCATOR_LENGTH = 20;
const ENTRY_LENGTH = 46;
const LOCAL_HEADER_LENGTH = 30;
const LONGEST_COMMENT = 65535;

export class ZipReader {
  readonly #file: FileBytes;
  readonly #records: ReadonlyMap<string, ZipRecord>;

  private constructor(file: FileBytes, records: ReadonlyMap<string, ZipRecord>) {
    this.#file = file;
    this.#records = records;
  }

  /** Reads the directory. Throws a TorchFileError when the end of the file is missing. */
  static async open(handle: FileHandle): Promise<ZipReader> {
    const file = new FileBytes(handle, (await handle.stat()).size);
    const { offset, length } = await findDirectory(file);
    const records = parseDirectory(await file.read(offset, length));
    // Records that overlap could ask for any amount of memory.
    const total = [...records.values()].reduce((sum, record) => sum + record.size, 0);
    if (total > file.size) throw damaged(sentence`directory`);
    return new ZipReader(file, records);
  }

  names(): readonly string[] {
    return [...this.#records.keys()];
  }

  /** Content of one record, in a buffer of its own; undefined when there is none of that name. */
  async read(name: string): Promise<ArrayBuffer | undefined> {
    const record = this.#records.get(name);
    if (record === undefined) return undefined;
    const header = await this.#file.read(record.headerOffset, LOCAL_HEADER_LENGTH);
    if (header.readUInt32LE(0) !== LOCAL_HEADER) throw damaged(name);
    const start =
      record.headerOffset + LOCAL_HEADER_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28);
    const content = await this.#file.read(start, record.size);
    if (crc32(content) !== record.crc) throw damaged(name);
    return content.buffer;
  }
}

async function findDirectory(file: FileBytes): Promise<{ offset: number; length: number }> {
  const tailLength = Math.min(file.size, END_LENGTH + LONGEST_COMMENT + LOCATOR_LENGTH);
  const tail = await file.read(file.size - tailLength, tailLength);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(END_OF_DIRECTORY);
  const end = tail.lastIndexOf(signature, tailLength - END_LENGTH);
  if (end < 0 || tailLength < END_LENGTH) {
    throw new TorchFileError(
      sentence`Its end is missing: it was cut off while it was written or copied.`,
      sentence`Copy it again, or take another checkpoint.`,
    );
  }
  const locator = end - LOCATOR_LENGTH;
  if (locator >= 0 && tail.readUInt32LE(locator) === ZIP64_LOCATOR) {
    const zip64 = await file.read(Number(tail.readBigUInt64LE(locator + 8)), 56);
    if (zip64.readUInt32LE(0) !== ZIP64_END_OF_DIRECTORY) throw damaged(sentence`directory`);
    return { length: Number(zip64.readBigUInt64LE(40)), offset: Number(zip64.readBigUInt64LE(48)) };
  }
  return { length: tail.readUInt32LE(end + 12), offset: tail.readUInt32LE(end + 16) };
}

function parseDirectory(directory: Buffer): Map<string, ZipRecord> {
  const records = new Map<string, ZipRecord>();
  let position = 0;
  while (position + ENTRY_LENGTH <= directory.length) {
    if (directory.readUInt32LE(position) !== DIRECTORY_ENTRY) throw damaged(sentence`directory`);
    const nameEnd = position + ENTRY_LENGTH + directory.readUInt16LE(position + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(position + 30);
    const next = extraEnd + directory.readUInt16LE(position + 32);
    if (next > directory.length) throw damaged(sentence`directory`);
    const name = directory.toString("utf8", position + ENTRY_LENGTH, nameEnd);
    if (directory.readUInt16LE(position + 10) !== 0) {
      throw new TorchFileError(
        sentence`Its record ${name} is compressed, which PyTorch never does.`,
        sentence`Take the file as PyTorch wrote it, or zip it again without compression (zip -0).`,
      );
    }
    const entry = directory.subarray(position, position + ENTRY_LENGTH);
    const { size, headerOffset } = wideFields(entry, directory.subarray(nameEnd, extraEnd));
    records.set(name, { size, headerOffset, crc: entry.readUInt32LE(16) });
    position = next;
  }
  return records;
}

/** Size and offset, taken from the zip64 extra field where the entry says 0xffffffff. */
function wideFields(entry: Buffer, extra: Buffer): { size: number; headerOffset: number } {
  const narrow = {
    size: entry.readUInt32LE(24),
    storedSize: entry.readUInt32LE(20),
    headerOffset: entry.readUInt32LE(42),
  };
  const isWide = (value: number) => value === 0xffffffff;
  if (!Object.values(narrow).some(isWide)) return narrow;
  for (let position = 0; position + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(position + 2);
    const field = extra.subarray(position + 4, position + 4 + length);
    position += 4 + length;
    if (extra.readUInt16LE(position - length - 4) !== ZIP64_EXTRA) continue;
    let used = 0;
    const widen = (value: number) => {
      if (!isWide(value)) return value;
      if (used + 8 > field.length) throw damaged(sentence`directory`);
      used += 8;
      return Number(field.readBigUInt64LE(used - 8));
    };
    const size = widen(narrow.size);
    widen(narrow.storedSize);
    return { size, headerOffset: widen(narrow.headerOffset) };
  }
  throw damaged(sentence`directory`);
}

class FileBytes {
  readonly #handle: FileHandle;

  constructor(
    handle: FileHandle,
    readonly size: number,
  ) {
    this.#handle = handle;
  }

  /** Bytes `start` to `start + length`, in a buffer of their own. */
  async read(start: number, length: number): Promise<Buffer<ArrayBuffer>> {
    if (start + length > this.size) throw endsAt(this.size);
    const buffer = Buffer.from(new ArrayBuffer(length));
    for (let done = 0; done < length; ) {
      const piece = Math.min(length - done, LARGEST_READ);
      const { bytesRead } = await this.#handle.read(buffer, done, piece, start + done);
      if (bytesRead === 0) throw endsAt(start + done);
      done += bytesRead;
    }
    return buffer;
  }
}

const endsAt = (byte: number) =>
  new TorchFileError(sentence`It ends at byte ${byte}, in the middle of its content.`);

/** Larger reads than 2 GiB are refused by some systems. */
const LARGEST_READ = 2 ** 28;

const damaged = (what: string | Sentence) => new TorchFileError(sentence`Its ${what} is damaged.`);
