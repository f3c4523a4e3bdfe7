/** The npm package that brings a Chromium, and with it SwiftShader: a graphics card that the processor plays (Linux x64). */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { installedPackage } from "./packageCache";

/** Newest one whose package runs on Node 20. */
const packaged = "@sparticuz/chromium@143.0.4";

/** Whether the package runs on this machine. */
export const packagedHere = process.platform === "linux" && process.arch === "x64";

/**
 * The package's own names /tmp alone: without fonts no text is drawn, and what has no size cannot be seen. Its one font lacks
 * arrows, which those of the machine have. Without a place for its cache it makes one where it is started.
 */
const fontsHere = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * The folder with the unpacked package, fetched once. It holds a compressed Chromium, the libraries that a bare machine lacks and
 * fonts; it unpacks them below the temporary folder, the libraries only where it believes itself on AWS.
 */
export async function chromiumFolder(): Promise<string> {
  return await installedPackage(packaged, async (building) => {
    const unpack = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
    const env = { ...process.env, TMPDIR: building, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
    await promisify(execFile)(process.execPath, ["-e", unpack], { cwd: building, env });
    await writeFile(resolve(building, "fonts/fonts.conf"), fontsHere);
  });
}
