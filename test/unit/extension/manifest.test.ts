import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { COMMANDS, titleOf } from "../../../src/extension/commands/commandTable";
import { CONTEXT_KEYS } from "../../../src/extension/contextKeys";
import { TREE_TOKENS } from "../../../src/extension/experiments/treeItems";

const root = resolve(import.meta.dirname, "../../..");
const text = (path: string) => readFileSync(resolve(root, path), "utf8");

const manifest = z
  .object({
    main: z.string(),
    icon: z.string(),
    activationEvents: z.array(z.string()),
    contributes: z.object({
      commands: z.array(z.object({ command: z.string(), title: z.string(), icon: z.string().optional() })),
      menus: z.record(
        z.string(),
        z.array(z.object({ command: z.string(), when: z.string(), group: z.string().optional() })),
      ),
      customEditors: z.array(
        z.object({
          viewType: z.string(),
          selector: z.array(z.object({ filenamePattern: z.string() })),
          priority: z.string(),
        }),
      ),
      views: z.object({ gyrus: z.array(z.object({ id: z.string() })) }),
      viewsWelcome: z.array(z.object({ view: z.string(), contents: z.string(), when: z.string() })),
      configuration: z.array(z.object({ properties: z.record(z.string(), z.object({ scope: z.string() })) })),
      walkthroughs: z.array(
        z.object({
          steps: z.array(
            z.object({
              id: z.string(),
              media: z.object({ svg: z.string() }),
              completionEvents: z.array(z.string()),
            }),
          ),
        }),
      ),
    }),
  })
  .parse(JSON.parse(text("package.json")));
const { contributes } = manifest;
const whens = [...Object.values(contributes.menus).flat(), ...contributes.viewsWelcome].map(
  ({ when }) => when,
);

describe("the commands of the manifest", () => {
  const contributed = contributes.commands.map(({ command }) => command);

  it("are those that have a handler", () => {
    expect(contributed.sort()).toEqual(COMMANDS.map((name) => `gyrus.${name}`).sort());
  });

  it("have a title that errors begin with, translated or not", () => {
    const titled = (title: string | { value: string }) =>
      titleOf({ contributes: { commands: [{ command: "gyrus.train", title }] } }, "gyrus.train");
    expect(titled("Train")).toBe("Train");
    expect(titled({ value: "Entraîner" })).toBe("Entraîner");
  });

  // What was so before the walkthrough was first opened (there were experiments) VS Code never counts as done.
  it("complete the step of the walkthrough whose button they are", () => {
    const words = z.record(z.string(), z.string()).parse(JSON.parse(text("package.nls.json")));
    for (const { id, completionEvents } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      const [, button] = /\(command:([\w.]+)\)/.exec(words[`walkthrough.${id}.description`] ?? "") ?? [];
      expect(completionEvents, id).toContain(`onCommand:${button}`);
    }
  });

  it("stand in menus under their names, with an icon where they are inline", () => {
    for (const { command, group } of Object.values(contributes.menus).flat()) {
      const found = contributes.commands.find((candidate) => candidate.command === command);
      expect(found, command).toBeDefined();
      if (group?.startsWith("inline") || group?.startsWith("navigation")) expect(found?.icon).toBeDefined();
    }
  });

  it("are not more than three on one row", () => {
    const inline = contributes.menus["view/item/context"]!.filter(({ group }) => group?.startsWith("inline"));
    const onMaps = inline.filter(
      ({ when }) => when.includes("gyrus.experiments") && !when.includes("canCancel"),
    );
    // Stop and resume exclude each other; the log is that of a split.
    expect(onMaps.map(({ command }) => command)).toEqual([
      "gyrus.openPanel",
      "gyrus.stop",
      "gyrus.resume",
      "gyrus.openLog",
    ]);
  });

  it("are linked to by welcome views and the walkthrough only under their names", () => {
    const links = [...text("package.nls.json").matchAll(/\(command:(gyrus\.\w+)\)/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(5);
    for (const id of links) expect(contributed).toContain(id);
  });
});

describe("the editor of images in the manifest", () => {
  it("is offered for images in one file or two, and takes the files of no other program", () => {
    expect(contributes.customEditors).toEqual([
      {
        viewType: "gyrus.nifti",
        selector: ["nii", "nii.gz", "hdr", "img", "hdr.gz", "img.gz"].map((ending) => ({
          filenamePattern: `*.${ending}`,
        })),
        priority: "option",
      },
    ]);
  });
});

describe("the conditions of the manifest", () => {
  it("ask for keys that the extension sets", () => {
    const views = contributes.views.gyrus.map(({ id }) => id);
    const asked = whens.flatMap((when) => [...when.matchAll(/gyrus\.\w+/g)].map(([key]) => key));
    const editors = contributes.customEditors.map(({ viewType }) => viewType);
    for (const key of asked) expect([...CONTEXT_KEYS, ...views, ...editors], key).toContain(key);
  });

  it("ask for tokens that rows of the tree carry", () => {
    const asked = whens.flatMap((when) => [...when.matchAll(/\\b(\w+)\\b/g)].map(([, token]) => token));
    expect(asked.length).toBeGreaterThan(4);
    for (const token of asked) expect(TREE_TOKENS).toContain(token);
  });

  it("give each state of an empty view exactly one welcome", () => {
    const states = contributes.viewsWelcome.filter(({ view }) => view === "gyrus.experiments");
    expect(states).toHaveLength(5);
  });
});

describe("the settings of the manifest", () => {
  const keys = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));

  it("are all read", () => {
    const source = text("src/extension/settings.ts");
    for (const key of keys) expect(source).toContain(`"${key.replace("gyrus.", "")}"`);
  });

  it("that name a program or a machine cannot be set by an untrusted workspace", () => {
    const machine = contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties).flatMap(([key, { scope }]) =>
        scope === "machine-overridable" ? [key] : [],
      ),
    );
    const restricted = z
      .object({
        capabilities: z.object({
          untrustedWorkspaces: z.object({ restrictedConfigurations: z.array(z.string()) }),
        }),
      })
      .parse(JSON.parse(text("package.json"))).capabilities.untrustedWorkspaces.restrictedConfigurations;
    // How much of the machine trainings may take is not what starts them.
    const ofQueue = ["gyrus.maxConcurrentTrainings", "gyrus.queueCores", "gyrus.queueFreeMemory"];
    expect(restricted.sort()).toEqual(machine.filter((key) => !ofQueue.includes(key)).sort());
  });
});

describe("the files of the manifest", () => {
  it("exist", () => {
    const media = contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.svg));
    for (const file of [manifest.icon, ...media]) expect(existsSync(resolve(root, file)), file).toBe(true);
  });

  it("start VS Code quickly: a small bundle, a short entry, no activation at startup", () => {
    expect(statSync(resolve(root, manifest.main)).size).toBeLessThan(300_000);
    expect(text("src/extension/extension.ts").trimEnd().split("\n").length).toBeLessThanOrEqual(60);
    // Only for what is ours: a JSON file of another project starts nothing.
    const ours = /^(onWebviewPanel:gyrus\.\w+|workspaceContains:\*\*\/(maps\.json|\*\.experiment\.json))$/;
    for (const event of manifest.activationEvents) expect(event).toMatch(ours);
  });

  it("bring every panel back with a reloaded window", () => {
    const doors = text("src/extension/panelDoors.ts").matchAll(/#door\(\s*\[([^\]]*)\]/g);
    const viewTypes = [...doors].flatMap(([, types = ""]) => types.match(/gyrus\.\w+/g) ?? []);
    const brought = manifest.activationEvents.filter((event) => event.startsWith("onWebviewPanel:"));
    expect(brought.sort()).toEqual(viewTypes.map((type) => `onWebviewPanel:${type}`).sort());
  });

  it("cost less to load than Node itself costs to start", async () => {
    // A Node of its own, in which VS Code is anything that one asks of it.
    const program = `
      const anything = () => new Proxy(class {}, {
        get: (_, key) => (key === "then" ? undefined : anything()), apply: anything, construct: anything,
      });
      const { Module } = require("node:module");
      const load = Module._load;
      Module._load = (name, ...rest) => (name === "vscode" ? anything() : load(name, ...rest));
      const cost = ({ user, system }) => user + system;
      const began = process.cpuUsage();
      require(process.argv[1]);
      process.stdout.write(String(cost(process.cpuUsage(began)) / cost(began)));`;
    const ratios: number[] = [];
    for (let run = 0; run < 5; run++) {
      const args = ["-e", program, resolve(root, manifest.main)];
      ratios.push(Number((await promisify(execFile)(process.execPath, args)).stdout));
    }
    expect(Math.min(...ratios)).toBeGreaterThan(0);
    expect(Math.min(...ratios)).toBeLessThan(1);
  });

  it("load libraries, the words of problems and what commands do only when they are needed", async () => {
    const entry = "src/extension/extension.ts";
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      external: ["vscode"],
      write: false,
      metafile: true,
    });
    const loaded = new Set<string>();
    const load = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      for (const { path, kind } of metafile.inputs[file]?.imports ?? [])
        if (kind !== "dynamic-import") load(path);
    };
    load(entry);
    const large = /node_modules|experiment\/problems\/table\.ts|extension\/commands\/.*Commands\.ts/;
    expect([...loaded].filter((file) => large.test(file))).toEqual([]);
  });

  it("use no proposed interface and no network", () => {
    expect(text("package.json").includes("enabledApiProposals")).toBe(false);
    const network = /createTelemetryLogger|\bfetch\(|require\("(node:)?(https?|net|dgram|tls)"\)/.exec(
      text(manifest.main),
    );
    expect(network).toBeNull();
  });
});
