import { readFileSync } from "node:fs";
import { fixture } from "./fixturePath";

export function readJsonFixture(path: string): unknown {
  return JSON.parse(readFileSync(fixture(path), "utf8"));
}
