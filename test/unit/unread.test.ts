import { expect, it } from "vitest";
import { unread } from "../../scripts/unread";

const settings = { rate: { default: 0.5 }, channels: {}, affine: { default: true } };

interface Values {
  readonly rate: number;
  readonly channels: number;
  readonly affine: boolean;
}

it("names the settings that nothing asks for", () => {
  expect(unread(settings, ({ rate }: Values) => rate)).toEqual(["channels", "affine"]);
  expect(unread(settings, () => 0)).toEqual(["rate", "channels", "affine"]);
});

it("names none where all are asked for, one by one or together", () => {
  expect(unread(settings, ({ rate, channels, affine }: Values) => [rate, channels, affine])).toEqual([]);
  expect(unread(settings, (values: Values) => ({ ...values }))).toEqual([]);
});

it("takes what was asked for before something did not fit", () => {
  const refuse = ({ rate }: Values) => {
    throw new Error(`${rate} does not fit`);
  };
  expect(unread(settings, refuse)).toEqual(["channels", "affine"]);
});
