/** What a file holds last, such as a log that may be long. */
import { openToRead } from "./reader";

/**
 * What stands from the byte `from` on; of much the last `bytes`, whole lines only.
 * Rejects where the file cannot be read.
 */
export async function endOfFile(file: string, from: number, bytes: number): Promise<string> {
  const handle = await openToRead(file);
  try {
    const { size } = await handle.stat();
    const start = Math.max(Math.min(from, size), size - bytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.subarray(0, bytesRead).toString("utf8");
    return start <= from ? text : text.slice(text.indexOf("\n") + 1);
  } finally {
    await handle.close();
  }
}
