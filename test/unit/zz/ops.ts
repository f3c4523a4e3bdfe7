// @ts-nocheck
import { Opcode } from "../../../src/maps/torch/pickleOpcodes";
import { unpickle } from "../../../src/maps/torch/unpickle";
import { CopyAllowance, Storage } from "../../../src/maps/torch/storage";
import { TorchFileError } from "../../../src/maps/torch/torchValue";
let seed = 5;
function rnd() { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; }
const int = (a, b) => a + Math.floor(rnd() * (b - a + 1)); const pick = (l) => l[int(0, l.length - 1)];
const ops = Object.values(Opcode).filter((x) => typeof x === "number");
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32LE(n >>> 0); return [...b]; };
const str = (s) => [0x58, ...u32(s.length), ...Buffer.from(s)];
const tensor = () => [...Buffer.from("ctorch._utils\n_rebuild_tensor_v2\n"), 0x28, 0x28, ...str("storage"), ...Buffer.from(`ctorch\n${pick(["Float", "Double", "Half", "Long", "Byte", "Bool", "BFloat16"])}Storage\n`), ...str(String(int(0, 2))), ...str("cpu"), 0x4b, int(0, 16), 0x74, 0x51, pick([[0x4b, int(0, 4)], [0x4a, ...u32(0xffffffff)], [0x4a, ...u32(2 ** 31 - 1)]]), 0x28, ...Array.from({ length: int(0, 3) }, () => pick([[0x4b, int(0, 5)], [0x4a, ...u32(2 ** 20)]])).flat(), 0x74, 0x28, ...Array.from({ length: int(0, 3) }, () => [0x4b, int(0, 5)]).flat(), 0x74, 0x89, ...Buffer.from("ccollections\nOrderedDict\n"), 0x29, 0x52, 0x74, 0x52].flat();
const item = () => pick([
  () => [0x4b, int(0, 255)], () => str("ab"), tensor, tensor, () => [0x7d], () => [0x5d], () => [0x28], () => [0x29], () => [0x61], () => [0x65], () => [0x73], () => [0x75], () => [0x85], () => [0x86], () => [0x87], () => [0x71, int(0, 3)], () => [0x68, int(0, 3)], () => [0x94], () => [0x52], () => [0x62], () => [0x30], () => [0x4e], () => [0x88],
  () => [...Buffer.from("ccollections\nOrderedDict\n")], () => [0x8a, int(0, 9), ...Array.from({ length: 9 }, () => int(0, 255))], () => [0x47, ...Array.from({ length: 8 }, () => int(0, 255))], () => [pick(ops)], () => [pick(ops), ...u32(int(0, 40))],
])();
const known = new Map(); let n = 0, ok = 0, bad = 0, slow = 0;
const end = Date.now() + 60000;
while (Date.now() < end) {
  const s = seed; const bytes = Uint8Array.from([0x80, 2, ...Array.from({ length: int(1, 40) }, item).flat(), 0x2e]);
  const copies = new CopyAllowance(); const storages = new Map(); const t = Date.now();
  try { unpickle(bytes, (type, key, length) => { const k = storages.get(key); if (k) return k; const st = new Storage(type, key, length, new ArrayBuffer(64), { bigEndian: false, copies }); storages.set(key, st); return st; }); ok++; }
  catch (e) { if (e instanceof TorchFileError) bad++; else known.set(`${e.name} ${e.message.slice(0, 80)}`, `${s} ${e.stack.split("\n").slice(1, 3).join("|")}`); }
  const d = Date.now() - t; if (d > 800) known.set(`SLOW ${d}`, s); slow = Math.max(slow, d); n++;
}
console.log(n, ok, bad, slow, Math.round(process.resourceUsage().maxRSS / 1024)); for (const [k, v] of known) console.log(k, v);
