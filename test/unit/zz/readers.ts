// @ts-nocheck
import { readFileSync, writeFileSync, appendFileSync } from "node:fs";
import { gunzipSync, gzipSync, crc32 } from "node:zlib";
import { unzipSync, zipSync } from "fflate";
import { InputError } from "../../../src/experiment/problem";
import { readTorchFile } from "../../../src/maps/torch/torchFile";
import { readNifti } from "../../../src/data/nifti";
import { readNiftiHeader } from "../../../src/data/niftiHeader";
import { fileSource, readNiftiSeries, readStoredVolume } from "../../../src/data/niftiSeries";
import { loadModel } from "../../../src/maps/model";
import { loadOptimizer } from "../../../src/maps/optimizerFile";
const [, , what, file, seconds, seed0] = process.argv;
let seed = Number(seed0);
function rnd() { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; }
const int = (a: number, b: number) => a + Math.floor(rnd() * (b - a + 1));
const original = readFileSync(file!);
const INTERESTING = [0, 1, 0x7f, 0x80, 0xff, 0xfe, 0x10, 0x28, 0x2e, 0x5d, 0x7d, 0x8a, 0x8b];
function mutate(bytes: Buffer, range = bytes.length): Buffer {
  let b = Buffer.from(bytes);
  for (let n = int(1, 4); n > 0; n--) {
    const at = int(0, Math.min(range, b.length) - 1);
    switch (int(0, 6)) {
      case 0: b[at] = int(0, 255); break;
      case 1: b[at] = INTERESTING[int(0, INTERESTING.length - 1)]!; break;
      case 2: b[at]! ^= 1 << int(0, 7); break;
      case 3: b = b.subarray(0, at) as Buffer; if (b.length === 0) return Buffer.from([0]); break;
      case 4: { const len = int(1, 20); b = Buffer.concat([b.subarray(0, at), b.subarray(at + len)]); if (b.length === 0) return Buffer.from([0]); break; }
      case 5: { const len = int(1, 20); b = Buffer.concat([b.subarray(0, at), b.subarray(at, at + len), b.subarray(at)]); break; }
      case 6: if (at + 4 <= b.length) { b.writeUInt32LE([0xffffffff, 0x7fffffff, 0x80000000, 0, 0x7fc00000, 0x7f800000, 0x46fffe00][int(0, 6)]!, at); } break;
    }
  }
  return b;
}
let records: Record<string, Uint8Array> | undefined;
if (what === "pickle") records = unzipSync(original);
let done = 0, ok = 0, inputErrors = 0; const others = new Map<string, string>(); let slowest = 0;
const end = Date.now() + Number(seconds) * 1000;
const target = `/tmp/fz/${what}-${process.pid}${file!.endsWith(".gz") || what === "nii.gz" ? ".nii.gz" : what!.startsWith("nii") ? ".nii" : ".pt"}`;
const plain = what!.startsWith("nii") ? (original[0] === 0x1f ? gunzipSync(original) : original) : original;
while (Date.now() < end) {
  const s = seed; let content: Buffer;
  if (what === "zip") content = mutate(original);
  else if (what === "zipdir") { const m = Buffer.from(original); const tail = Math.min(m.length, 1500); const t = mutate(m.subarray(m.length - tail) as Buffer); content = Buffer.concat([m.subarray(0, m.length - tail), t]); }
  else if (what === "pickle") { const copy = { ...records! }; const name = Object.keys(copy).find((n) => n.endsWith("data.pkl"))!; copy[name] = mutate(Buffer.from(copy[name]!)); content = Buffer.from(zipSync(copy, { level: 0 })); }
  else if (what === "nii") content = mutate(plain, 400);
  else if (what === "nii.gz") content = gzipSync(mutate(plain, 400));
  else content = mutate(original);
  writeFileSync(target, content);
  writeFileSync(`/tmp/fz/last-${process.pid}`, String(s));
  const begin = Date.now();
  const jobs: [string, () => Promise<unknown>][] = what!.startsWith("nii") || what === "gzraw"
    ? [["read", () => readNifti(target)], ["header", () => readNiftiHeader(target)], ["series", async () => { const series = await readNiftiSeries(fileSource(target)); await readStoredVolume(fileSource(target), series, 0); }]]
    : [["torch", () => readTorchFile(target)], ["model", () => loadModel(target)], ["opt", () => loadOptimizer(target, ["a", "b"])]];
  for (const [name, job] of jobs) {
    try { await job(); ok++; } catch (e) {
      if (e instanceof InputError) inputErrors++;
      else { const key = `${name} ${(e as Error).name}: ${(e as Error).message.slice(0, 90)}`; if (!others.has(key)) others.set(key, `seed ${s} ${(e as Error).stack?.split("\n").slice(1, 4).join(" | ")}`); }
    }
  }
  const time = Date.now() - begin; if (time > 1500 && time > slowest) { others.set(`SLOW ${time} ms`, `seed ${s}`); } slowest = Math.max(slowest, time);
  done++;
}
console.log(what, file, done, "files", ok, "ok", inputErrors, "InputErrors", "slowest", slowest, "rss MB", Math.round(process.resourceUsage().maxRSS / 1024));
for (const [k, v] of others) console.log("  ", k, v);
