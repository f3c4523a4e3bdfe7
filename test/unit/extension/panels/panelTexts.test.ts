import { afterEach, expect, it, vi } from "vitest";
import { l10n } from "vscode";
import { allTranslations, translations } from "../../../../src/extension/panels/panelTexts";
import { FRENCH } from "../../../support/frenchTexts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("lets no line of a view begin with a colon or a question mark, which French sets apart by a space", () => {
  vi.spyOn(l10n, "t").mockImplementation((text: unknown) => FRENCH[String(text)] ?? String(text));
  const { "Voxels beyond the histogram: {0}": said } = translations({
    beyond: "Voxels beyond the histogram: {0}",
  });
  expect(said).toBe("Voxels hors de l’histogramme\u00a0: {0}");
});

it("is nothing where the editor is English", () => {
  expect(allTranslations()).toEqual({});
});
