// @ts-nocheck
import { expect, it } from "vitest";
import { createParameterStore } from "../../../src/engine/optimizer/parameterStore";
import { createOptimizer, momentSlots } from "../../../src/engine/optimizer/createOptimizer";
import { plainKernels } from "../../../src/engine/optimizer/plainKernels";
const names = ["Adadelta","Adagrad","Adam","AdamW","Adamax","ASGD","NAdam","RAdam","RMSprop","SGD"];
let seed = 1; const rnd = () => { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
it("simd = plain", () => {
  const bad = [];
  for (const name of names) for (const wd of [0, 0.01, 1]) for (const [rows, cols] of [[1,1],[3,5],[5,3],[7,1],[1,9],[4,4],[33,17],[2,40000],[50,1300]]) {
    const make = (kernels) => { const store = createParameterStore([{ name: "f", shape: [3], frozen: true }, { name: "w", shape: [rows, cols] }, { name: "b", shape: [cols] }], momentSlots(name)); return { store, opt: createOptimizer({ name, learningRate: 0.1, weightDecay: wd }, store, kernels) }; };
    const a = make(undefined), b = make(plainKernels);
    for (const { store } of [a, b]) { seed = 9; for (const n of ["w", "b", "f"]) store.view(n).forEach((_, i) => { store.view(n)[i] = rnd() - .5; }); }
    for (let step = 0; step < 4; step++) {
      seed = 77 + step; const v = [0, -0, NaN, Infinity, 1e-42, 3e38]; const val = () => rnd() < .1 ? v[Math.floor(rnd() * (step < 2 ? 2 : 6))] : (rnd() - .5) * 10 ** (rnd() * 6 - 4);
      const count = 3; const left = Float32Array.from({ length: count * rows }, val), right = Float32Array.from({ length: count * cols }, val), bias = Float32Array.from({ length: cols }, val);
      for (const { opt } of [a, b]) opt.step(new Map([["w", { kind: "factors", count, left, right }], ["b", { kind: "dense", data: bias.slice() }]]), 1 / 3);
      for (const n of ["w", "b", "f"]) { const x = a.store.view(n), y = b.store.view(n); for (let i = 0; i < x.length; i++) if (!Object.is(x[i], y[i]) && !(Number.isNaN(x[i]) && Number.isNaN(y[i]))) { bad.push(`${name} wd ${wd} ${rows}x${cols} step ${step} ${n}[${i}] ${x[i]} ${y[i]}`); break; } }
    }
    // state round trip
    const saved = a.opt.state(); const c = make(undefined); for (const n of ["w", "b"]) c.store.view(n).set(a.store.view(n)); c.opt.load(saved);
    const g = Float32Array.from({ length: cols }, () => 0.1); for (const o of [a, c]) o.opt.step(new Map([["b", { kind: "dense", data: g.slice() }]]), 1);
    const x = a.store.view("b"), y = c.store.view("b"); for (let i = 0; i < x.length; i++) if (!Object.is(x[i], y[i]) && !(Number.isNaN(x[i]) && Number.isNaN(y[i]))) { bad.push(`resume ${name} ${x[i]} ${y[i]}`); break; }
  }
  console.log(bad.slice(0, 20).join("\n"), bad.length); expect(bad.length).toBe(0);
}, 300000);
