import { resolve } from "node:path";
import { expect, it } from "vitest";
import { GROUP_ARGUMENTS } from "../../../src/cli/commandLine/groupOptions";
import { parseWords } from "../../../src/cli/commandLine/parseWords";
import { PART_OPTIONS, partedRequest, partWords } from "../../../src/cli/commandLine/partOptions";

const TABLES = { arguments: GROUP_ARGUMENTS, options: PART_OPTIONS };

it("asks on every node for what was asked where it was submitted", () => {
  const asked = [
    ...["maps", "test", "--caps", "caps", "--tsv", "test.tsv", "--diagnoses", "AD", "--diagnoses", "CN"],
    ...["--split", "0", "--split", "2", "--selection", "loss", "--label", "--odd", "--accept-space"],
    ...["--skip-leak-check", "--output", "out", "--engine", "onnx", "--parts", "7"],
  ];
  // A value that looks like an option is given with a sign of equality.
  const given = asked.flatMap((word, at) =>
    word === "--odd" ? [] : asked[at + 1] === "--odd" ? ["--label=--odd"] : [word],
  );
  const { given: named, options } = parseWords(given, TABLES);
  const request = partedRequest(named.MAPS, named.GROUP, options);
  expect(request).toMatchObject({
    ...{ maps: resolve("maps"), caps: resolve("caps"), tsv: resolve("test.tsv"), output: resolve("out") },
    ...{ label: "--odd", splits: [0, 2], metrics: ["loss"], diagnoses: ["AD", "CN"] },
  });
  const again = parseWords(partWords(request, options), TABLES);
  expect(again.options.parts).toBe(7);
  expect(partedRequest(again.given.MAPS, again.given.GROUP, again.options)).toEqual(request);
});

it("keeps images that are described in the words themselves, and labels that are not wanted", () => {
  const words = ["maps", "test", '--images={"bids": "x"}', "--tsv", "t.tsv", "--no-labels"];
  const { given, options } = parseWords(words, TABLES);
  const request = partedRequest(given.MAPS, given.GROUP, options);
  expect(request).toMatchObject({ images: '{"bids": "x"}', label: null });
  const again = parseWords(partWords(request, options), TABLES);
  expect(partedRequest(again.given.MAPS, again.given.GROUP, again.options)).toEqual(request);
});
