/** A Python with PyTorch or ClinicaDL, where this machine has one: the one that GYRUS_PYTHON names, or one of the usual places. */
import { execFileSync } from "node:child_process";

const candidates =
  process.env.GYRUS_PYTHON === undefined ? ["python3", "/usr/bin/python3"] : [process.env.GYRUS_PYTHON];

const pythonThat = (program: string) =>
  candidates.find((python) => {
    try {
      execFileSync(python, ["-c", program], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });

/** Undefined where there is none. */
export const pythonWithTorch = pythonThat("import torch");

/** Undefined where there is none. Not imported: that takes half a minute. */
export const pythonWithClinicadl = (): string | undefined =>
  pythonThat("from importlib.metadata import version as v; exit(not v('clinicadl').startswith('1.6.'))");
