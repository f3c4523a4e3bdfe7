/**
 * PyTorch's file format since 1.6 (`torch.save`): a zip of stored records, `<archive>/data.pkl` with the structure and
 * `<archive>/data/<key>` with the numbers of each storage.
 */
import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { Zip, type ZipInputFile } from "fflate";
import { refuse } from "../../../experiment/problems/makeProblem";
import { phraseOf } from "../../../experiment/problems/networkSentence";
import { InputError } from "../../../experiment/problems/problem";
import { contentElsewhere, LONGEST_POINTER, unreadable } from "../../../experiment/unreadableFile";
import { writeAtomically } from "../../../files/atomicFile";
import { FileRefusal, openToRead } from "../../../files/reader";
import { sentence } from "../../../network/sentence";
import { pickle } from "./pickle";
import { CopyAllowance, Storage } from "./storage";
import { TorchFileError, type TorchValue } from "./torchValue";
import { unpickle } from "./unpickle";
import { ZipReader } from "./zipReader";

/**
 * Everything in a file of `torch.save`. Throws an InputError that says what is wrong when the file is missing, damaged, in the
 * format of before PyTorch 1.6, or holds anything but tensors and plain containers.
 */
export async function readTorchFile(path: string): Promise<TorchValue> {
  try {
    const file = await openToRead(path);
    try {
      await refuseOtherFormats(path, file);
      return await readArchive(await ZipReader.open(file));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw await asInputError(path, error);
  }
}

/** Reads a file of torch.save to its end. Throws an InputError when a part of it is missing, or has another checksum than it was given. */
export async function verifyTorchFile(path: string): Promise<void> {
  try {
    const file = await openToRead(path);
    try {
      const zip = await ZipReader.open(file);
      for (const name of zip.names()) await zip.read(name);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw await asInputError(path, error);
  }
}

async function readArchive(zip: ZipReader): Promise<TorchValue> {
  const names = zip.names();
  const pickleName = names.find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickleName === undefined) {
    throw new TorchFileError(
      sentence`It is a zip file, but not one that torch.save wrote.`,
      sentence`Choose a file of torch.save.`,
    );
  }
  const archive = pickleName.slice(0, -"data.pkl".length);
  if (names.includes(`${archive}constants.pkl`)) {
    throw new TorchFileError(
      sentence`It is a TorchScript program, not weights.`,
      sentence`In PyTorch, save the state dict alone: torch.save(model.state_dict(), path).`,
    );
  }
  const byteOrder = await zip.read(`${archive}byteorder`);
  const bigEndian = byteOrder !== undefined && Buffer.from(byteOrder).toString() === "big";

  const records = new Map<string, ArrayBuffer>();
  const structure = await zip.read(pickleName);
  for (const name of names.filter((name) => name.startsWith(`${archive}data/`))) {
    const content = await zip.read(name);
    if (content !== undefined) records.set(name.slice(`${archive}data/`.length), content);
  }
  const storages = new Map<string, Storage>();
  const copies = new CopyAllowance();
  return unpickle(new Uint8Array(structure ?? []), (typeName, key, length) => {
    const known = storages.get(key);
    if (known !== undefined) return known;
    const content = records.get(key);
    if (content === undefined) throw new TorchFileError(sentence`Its storage ${key} is missing.`);
    const storage = new Storage(typeName, key, length, content, { bigEndian, copies });
    storages.set(key, storage);
    return storage;
  });
}

/** Start of a pickle of PyTorch's magic number: the format of before 1.6. */
const LEGACY_START = Buffer.from("80028a0a6cfc9c46f9206aa85019", "hex");
const ZIP_START = Buffer.from("PK");

async function refuseOtherFormats(path: string, file: FileHandle): Promise<void> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_POINTER), 0, LONGEST_POINTER, 0);
  const elsewhere = contentElsewhere(path, buffer.subarray(0, bytesRead));
  if (elsewhere !== undefined) throw new InputError([elsewhere]);
  if (buffer.subarray(0, LEGACY_START.length).equals(LEGACY_START)) {
    throw new TorchFileError(
      sentence`It has the format of PyTorch before 1.6.`,
      sentence`Save it again with any later PyTorch: torch.save(torch.load(path), path).`,
    );
  }
  if (!buffer.subarray(0, ZIP_START.length).equals(ZIP_START)) {
    throw new TorchFileError(
      sentence`It is not a PyTorch file.`,
      sentence`Choose a file that torch.save wrote (model.pth.tar).`,
    );
  }
}

async function asInputError(file: string, error: unknown): Promise<InputError> {
  if (error instanceof TorchFileError) {
    return refuse(
      "weights.unreadable",
      { file },
      {
        reason: phraseOf(error.detail),
        remedy: phraseOf(error.remedy),
      },
    );
  }
  if (error instanceof InputError) return error;
  const isOfSystem = error instanceof FileRefusal || (error instanceof Error && "syscall" in error);
  if (!isOfSystem) throw error;
  return await unreadable(file, error);
}

/** PyTorch aligns the numbers of a storage to this many bytes, so that the file can be mapped into memory. */
const ALIGNMENT = 64;
/** Zip without its 64-bit extension ends here, and so does what is written. */
const LARGEST_FILE = 2 ** 32 - 1;
/** Numbers are handed to the file in pieces, so that other work gets its turn in between. */
const PIECE = 2 ** 24;

/**
 * Writes `value` so that `torch.load` opens it (`weights_only=True` too). The numbers go from the tensors to the file without
 * a copy, so they must not change before the promise is fulfilled. The same value gives the same bytes.
 */
export async function writeTorchFile(path: string, value: TorchValue): Promise<void> {
  const { bytes, storages } = pickle(value);
  const size = storages.reduce((sum, storage) => sum + storage.byteLength, bytes.length);
  if (size > LARGEST_FILE * 0.99)
    throw new RangeError(`${path}: ${size} bytes are too many for one PyTorch file.`);
  await writeAtomically(path, async (file) => {
    const archive = new ArchiveWriter(file);
    await archive.add("data.pkl", bytes);
    await archive.add("byteorder", Buffer.from("little"));
    for (const [key, storage] of storages.entries()) await archive.add(`data/${key}`, bytesOf(storage));
    await archive.add("version", Buffer.from("3\n"));
    await archive.end();
  });
}

/** The memory of a storage: the same, or a copy where it is shared with another thread. */
function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}

class ArchiveWriter {
  /** What the zip has made and the file has not yet got. */
  #pending: Uint8Array[] = [];
  #position = 0;
  readonly #zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    this.#pending.push(chunk);
  });
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add(name: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
    const filename = `archive/${name}`;
    const entry: ZipInputFile = {
      filename,
      size: content.length,
      crc: 0,
      compression: 0,
      mtime: new Date(1980, 0, 1),
      extra: { [PADDING_FIELD]: this.#padding(filename) },
    };
    this.#zip.add(entry);
    for (let start = 0; start < content.length; start += PIECE) {
      const piece = content.subarray(start, start + PIECE);
      entry.crc = crc32(piece, entry.crc);
      entry.ondata?.(null, piece, false);
      await this.#flush();
    }
    entry.ondata?.(null, new Uint8Array(0), true);
    await this.#flush();
  }

  async end(): Promise<void> {
    this.#zip.end();
    await this.#flush();
  }

  /** Fills the header of the record that comes next, so that its content starts at a multiple of ALIGNMENT. */
  #padding(filename: string): Uint8Array {
    const contentStart = this.#position + LOCAL_HEADER_LENGTH + filename.length + EXTRA_HEADER_LENGTH;
    return new Uint8Array((ALIGNMENT - (contentStart % ALIGNMENT)) % ALIGNMENT).fill(0x5a);
  }

  async #flush(): Promise<void> {
    const chunks = this.#pending;
    this.#pending = [];
    for (const chunk of chunks) {
      for (let done = 0; done < chunk.length; ) {
        done += (await this.#file.write(chunk, done)).bytesWritten;
      }
      this.#position += chunk.length;
    }
  }
}

/** "FB", the extra field that PyTorch pads with. */
const PADDING_FIELD = 0x4246;
const LOCAL_HEADER_LENGTH = 30;
const EXTRA_HEADER_LENGTH = 4;
