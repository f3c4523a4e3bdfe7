/** The page of what is promised: each promise has its test, and nothing opens a connection. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

describe("docs/trust.md", () => {
  it("names tests that there are, at least one in each row of its tables", () => {
    const page = textOf("docs/trust.md");
    const named = [...page.matchAll(/`(test\/[\w/.]+)`/g)].map(([, file]) => file ?? "");
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const rows = page.split("\n").filter((line) => /^\| (?!-|what |it tries)/.test(line));
    expect(rows.filter((row) => !row.includes("`test/"))).toEqual([]);
  });

  it("can be found from the README and from SECURITY.md", () => {
    expect(textOf("README.md")).toContain("(docs/trust.md)");
    expect(textOf("README.md")).toContain("(SECURITY.md)");
    expect(textOf("SECURITY.md")).toContain("(docs/trust.md)");
  });
});

describe("no source", () => {
  it("opens a connection to another machine", () => {
    const sources = ["src", "webview"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => `${folder}/${name}`),
    );
    expect(sources.length).toBeGreaterThan(300);
    const connects =
      /"(?:node:)?(?:https?|http2|net|tls|dgram|dns(?:\/promises)?|undici|ws)"|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource\b/;
    expect(sources.filter((file) => connects.test(textOf(file)))).toEqual([]);
  });
});
