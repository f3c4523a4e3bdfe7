/** What a job printed last. */
import { endOfFile } from "../files/endOfFile";

const LINES = 5;
/** Of a log of many megabytes no more is read. Bytes. */
const MOST = 4_096;

/** Its last lines; "" without a log. Never rejects. */
export async function endOfLog(file: string): Promise<string> {
  const text = await endOfFile(file, 0, MOST).catch(() => "");
  return text.trimEnd().split(/\r?\n/).slice(-LINES).join("\n");
}
