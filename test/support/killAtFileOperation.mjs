// Preloaded into a trainer by trainerProgram.ts: ends it as `kill -9` does, before the operation number GYRUS_KILL_AT that changes
// a file, or sends it the signals GYRUS_SIGNALS there. What a kill leaves behind depends on nothing but which of these were made,
// so any moment is one of these. GYRUS_KILL_BEFORE names a moment by what is renamed then: "optimizer-2.pth.tar", or with "#2" the second
// file of that name. With GYRUS_TO_GROUP the signals go to its whole process group, as Ctrl+C in a terminal does. When the trainer ends by itself, their number is written to the file GYRUS_COUNT_TO.
import fs, { promises } from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const last = Number(process.env.GYRUS_KILL_AT);
const signals = (process.env.GYRUS_SIGNALS ?? "SIGKILL").split(" ");
const fullAt = Number(process.env.GYRUS_FULL_AT ?? Number.POSITIVE_INFINITY);
const [place, which = "1"] = (process.env.GYRUS_KILL_BEFORE ?? "").split("#");
const target = process.env.GYRUS_TO_GROUP ? 0 : process.pid;
let operations = 0;
let places = 0;

const isPlace = (name, words) => place !== "" && name === "rename" && String(words[1]).endsWith(place);

const NEEDS_ROOM = ["write", "writeFile", "mkdir", "copyFile", "link"];
const full = () => Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });

function count(owner, names) {
  for (const name of names) {
    const original = owner[name];
    owner[name] = function (...words) {
      operations += 1;
      const there = isPlace(name, words) && ++places === Number(which);
      if (there || operations === last) for (const signal of signals) process.kill(target, signal);
      if (operations >= fullAt && NEEDS_ROOM.includes(name)) return Promise.reject(full());
      return original.apply(this, words);
    };
  }
}

const handle = await promises.open(import.meta.filename);
count(Object.getPrototypeOf(handle), ["write", "writeFile", "sync"]);
await handle.close();
count(promises, ["mkdir", "rename", "rm", "rmdir", "link", "copyFile", "writeFile"]);
count(fs, ["writeSync", "appendFileSync", "mkdirSync"]);
syncBuiltinESMExports();

process.on("exit", () => {
  if (process.env.GYRUS_COUNT_TO) fs.writeFileSync(process.env.GYRUS_COUNT_TO, String(operations));
});
