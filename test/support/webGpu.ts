/**
 * A graphics card for tests, which the processor plays: SwiftShader, of the package that brings the Chromium of the views' tests.
 * A card with numbers as exact as any other, no privileges, no driver; slow.
 */
import { constants } from "node:os";
import { delimiter, resolve } from "node:path";
import { type OpenDevice, openDevice } from "../../src/engine/webgpu/device/openDevice";
import { chromiumFolder, packagedHere } from "./chromiumPackage";

/** Whether there is one. Tests that need it are skipped elsewhere: `describe.skipIf(!hasSoftwareCard)`. */
export const hasSoftwareCard = packagedHere;

if (!hasSoftwareCard) {
  process.stderr.write("Skipped what needs a software graphics card: its package is for Linux x64 alone.\n");
}

/** Keeps the library for good: Dawn must never call into what is unloaded. Node has no name for it. */
const RTLD_NODELETE = 0x1000;

/** Makes this process see SwiftShader and no other card. To be called before Dawn is asked for the first card. */
export async function seeSoftwareCard(): Promise<void> {
  const folder = await chromiumFolder();
  process.env.VK_ICD_FILENAMES = resolve(folder, "vk_swiftshader_icd.json");
  try {
    // Dawn looks for libvulkan.so.1 by its name, and takes the one that is already loaded.
    const { RTLD_NOW, RTLD_GLOBAL } = constants.dlopen;
    process.dlopen(
      { exports: {} },
      resolve(folder, "libvulkan.so.1"),
      RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE,
    );
  } catch {
    // It is loaded, but no addon of Node, which is all that is complained of.
  }
}

/** A software device of its own. The caller destroys it. */
export async function openSoftwareDevice(): Promise<OpenDevice> {
  await seeSoftwareCard();
  return await openDevice({ allowSoftware: true });
}

/** The environment of a program that is to see SwiftShader and no other card. */
export async function softwareCardEnvironment(): Promise<NodeJS.ProcessEnv> {
  const folder = await chromiumFolder();
  const libraries = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return {
    ...process.env,
    VK_ICD_FILENAMES: resolve(folder, "vk_swiftshader_icd.json"),
    LD_LIBRARY_PATH: libraries,
  };
}
