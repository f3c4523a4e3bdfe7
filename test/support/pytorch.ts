/** A Python with PyTorch, where this machine has one: the one that GYRUS_PYTHON names, or one of the usual places. */
import { execFileSync } from "node:child_process";

const candidates =
  process.env.GYRUS_PYTHON === undefined ? ["python3", "/usr/bin/python3"] : [process.env.GYRUS_PYTHON];

/** Undefined where there is none. */
export const pythonWithTorch = candidates.find((python) => {
  try {
    execFileSync(python, ["-c", "import torch"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});
