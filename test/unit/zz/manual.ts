// @ts-nocheck
import { readFileSync, writeFileSync } from "node:fs";
import { zipSync } from "fflate";
import { readTorchFile } from "../../../src/maps/torch/torchFile";
import { readNifti } from "../../../src/data/nifti";
import { fileSource, readNiftiSeries, readStoredVolume } from "../../../src/data/niftiSeries";
const [, , what] = process.argv;
const text = (s: string) => new Uint8Array(Buffer.from(s, "latin1"));
const u32 = (n: number) => { const b = Buffer.alloc(4); b.writeUInt32LE(n); return b.toString("latin1"); };
const save = (p: string, storage = new Uint8Array(4)) => { writeFileSync("/tmp/fz/m.pt", zipSync({ "a/data.pkl": text(p), "a/data/0": storage, "a/version": text("3\n") }, { level: 0 })); };
const t0 = Date.now();
const tensor = (size: string, stride: string) => `ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x01tQK\x00(${size}t(${stride}t\x89ccollections\nOrderedDict\n)RtR`;
try {
  switch (what) {
    case "long": save(`\x80\x02\x8b${u32(500_000)}${"\x7f".repeat(500_000)}.`); break;
    case "expand": save(`\x80\x02](${tensor(`J${u32(2 ** 26)}`, "K\x00").repeat(12)}e.`); break;
    case "deep": save(`\x80\x02${"]".repeat(300000)}${"a".repeat(299999)}.`); break;
    case "share": save(`\x80\x02]q\x00${Array.from({ length: 90 }, (_, i) => `](${`h${String.fromCharCode(i)}`.repeat(2)}eq${String.fromCharCode(i + 1)}`).join("")}.`); break;
    case "wide": save(`\x80\x02](${"]".repeat(3_000_000)}e.`); break;
    case "marks": save(`\x80\x02${"(".repeat(3_000_000)}.`); break;
    case "tuple": save(`\x80\x02)${"\x85".repeat(3_000_000)}.`); break;
    case "nan": case "series": {
      const b = Buffer.from(readFileSync("/work/shared/reference/nifti/anatomical.nii"));
      const little = b.readInt32LE(0) === 348;
      if (little) b.writeFloatLE(Number.NaN, 108); else b.writeFloatBE(Number.NaN, 108);
      writeFileSync("/tmp/fz/m.nii", b);
      if (what === "nan") await readNifti("/tmp/fz/m.nii"); else await readStoredVolume(fileSource("/tmp/fz/m.nii"), await readNiftiSeries(fileSource("/tmp/fz/m.nii")), 0);
    }
  }
  if (what !== "nan" && what !== "series") await readTorchFile("/tmp/fz/m.pt");
  console.log(what, "ok");
} catch (e) { console.log(what, (e as Error).name, (e as Error).message.slice(0, 200)); }
console.log("  ", Date.now() - t0, "ms", Math.round(process.resourceUsage().maxRSS / 1024), "MB");
