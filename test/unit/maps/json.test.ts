import { expect, it } from "vitest";
import { formatJson } from "../../../src/maps/folder/json";

it("is written as Python's json.dump writes it with indent 4", () => {
  expect(formatJson({ path: "169×208", list: [1, 2], empty: [] })).toBe(
    '{\n    "path": "169\\u00d7208",\n    "list": [\n        1,\n        2\n    ],\n    "empty": []\n}',
  );
});
