import { describe, expect, it } from "vitest";
import { NO_PROFILE, profileOf } from "../../../src/cluster/profile";
import { InputError, type Problem } from "../../../src/experiment/problems/problem";

function problemsIn(profile: unknown): readonly Problem[] {
  try {
    profileOf(typeof profile === "string" ? profile : JSON.stringify(profile), "cluster.json");
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe("a profile of a cluster", () => {
  it("says what a task needs, in names and numbers", () => {
    const profile = {
      partition: "gpu",
      account: "neuro-2026",
      cpus: 8,
      memory_gb: 31.5,
      minutes: 720,
      warning_seconds: 300,
      gpu: "gpu:a100:1",
      at_once: 4,
      options: { constraint: "intel&avx512", qos: "long" },
      environment: { OMP_PROC_BIND: "close", TMPDIR: "/scratch/tmp" },
      modules: ["cuda/12.1"],
    };
    expect(profileOf(JSON.stringify(profile))).toEqual(profile);
    expect(profileOf("{}")).toEqual(NO_PROFILE);
  });

  it.each([
    ["partition", { partition: "main; rm -rf ~" }],
    ["partition", { partition: "main\n#SBATCH --wrap=evil" }],
    ["account", { account: "$(whoami)" }],
    ["cpus", { cpus: "8" }],
    ["cpus", { cpus: 0 }],
    ["memory_gb", { memory_gb: -1 }],
    ["gpu", { gpu: "gpu:1 --wrap=evil" }],
    ["options.qos", { options: { qos: "long`evil`" } }],
    ["options.wrap", { options: { wrap: "evil" } }],
    ["options.output", { options: { output: "x" } }],
    ["environment.OMP_PLACES", { environment: { OMP_PLACES: "'; evil; '" } }],
    ["environment.LD_PRELOAD", { environment: { LD_PRELOAD: "/tmp/evil.so" } }],
    ["environment.NODE_OPTIONS", { environment: { NODE_OPTIONS: "--require=/tmp/evil.js" } }],
    ["modules.0", { modules: ["/tmp/evil"] }],
    ["modules.0", { modules: ["../evil"] }],
    ["modules.0", { modules: ["cuda && evil"] }],
    ["prolog", { prolog: "echo" }],
    ["warning_seconds", { minutes: 1, warning_seconds: 60 }],
  ])("refuses %s where it is %j, with its key and the reason", (where, profile) => {
    const problems = problemsIn(profile);
    expect(problems).toMatchObject([{ code: "cluster.profile-key", file: "cluster.json", where }]);
    expect(problems[0]?.message).toMatch(/is refused: .+\.$/);
  });

  it("refuses everything that is wrong at once, and what is no JSON", () => {
    expect(problemsIn({ cpus: 0, partition: "a b", extra: 1 })).toHaveLength(3);
    expect(problemsIn("#!/bin/sh")).toMatchObject([{ code: "cluster.profile" }]);
    expect(problemsIn("[]")).toMatchObject([{ code: "cluster.profile" }]);
  });
});
