/** A file out of an archive of tar, as npm packs: ustar, POSIX.1-1988 (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html). */

/** Entries begin at multiples of this. */
const BLOCK = 512;

/** The bytes of the file of that name; null where the archive holds none, or ends before its end. */
export function fileInTar(archive: Uint8Array, name: string): Uint8Array | null {
  for (let start = 0; start + BLOCK <= archive.length; ) {
    const header = archive.subarray(start, start + BLOCK);
    const size = Number.parseInt(textIn(header, 124, 12), 8);
    if (!Number.isSafeInteger(size) || size < 0) return null;
    const content = start + BLOCK;
    // Type "0", or none in the oldest archives, is a file.
    const isFile = header[156] === 0 || header[156] === 0x30;
    if (isFile && nameIn(header) === name) {
      return content + size <= archive.length ? archive.subarray(content, content + size) : null;
    }
    start = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return null;
}

/** A long name has its folders in a prefix of its own. */
function nameIn(header: Uint8Array): string {
  const prefix = textIn(header, 345, 155);
  const name = textIn(header, 0, 100);
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** A field of so many bytes, up to its first zero. */
function textIn(header: Uint8Array, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
