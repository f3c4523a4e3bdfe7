/** What a job printed last. */
import { openToRead } from "../files/reader";

const LINES = 5;
/** Of a log of many megabytes no more is read. Bytes. */
const MOST = 4_096;

/** Its last lines; "" without a log. Never rejects. */
export async function endOfLog(file: string): Promise<string> {
  try {
    const handle = await openToRead(file);
    try {
      const { size } = await handle.stat();
      const length = Math.min(size, MOST);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString("utf8", 0, bytesRead).trimEnd().split(/\r?\n/).slice(-LINES).join("\n");
    } finally {
      await handle.close();
    }
  } catch {
    return "";
  }
}
