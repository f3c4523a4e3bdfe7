import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { givenMaps } from "../../../src/extension/commands/targets";
import { temporaryFolder } from "../../support/folder";

describe("the MAPS that a command is given", () => {
  const study = join(temporaryFolder(), "groups");
  const maps = join(study, "maps");
  const file = (...names: readonly string[]) => {
    const path = join(maps, ...names);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "{}");
    return path;
  };

  it("is the folder of its maps.json, whatever the folder around it is called", () => {
    expect(givenMaps([file("maps.json")])).toEqual([maps]);
    expect(givenMaps([maps])).toEqual([maps]);
  });

  it("is the one whose data group a maps.json describes, as ClinicaDL writes it", () => {
    file("maps.json");
    expect(givenMaps([file("groups", "test", "maps.json")])).toEqual([maps]);
    expect(givenMaps([file("groups", "train", "split-0", "maps.json")])).toEqual([maps]);
  });
});
