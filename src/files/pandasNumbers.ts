/** Numbers in the cells of a table as pandas writes them: as Python prints them, an empty cell for NaN. */

/** A number as Python's `repr` of a float: shortest digits that read back the same, `0.0`, `1e-05`, `inf`; "" for NaN. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return "";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const digits = String(Math.abs(exponent)).padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const text = exponent < 0 ? withoutExponent(mantissa, exponent) : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** `-2.5`, -3 -> `-0.0025` */
function withoutExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
}

/** The number in a cell that pandas wrote; NaN for an empty one and for anything else that is not a number. */
export function parseFloatCell(text: string | undefined): number {
  const word = text?.trim().toLowerCase() ?? "";
  switch (word) {
    case "inf":
      return Number.POSITIVE_INFINITY;
    case "-inf":
      return Number.NEGATIVE_INFINITY;
    case "":
      return Number.NaN;
    default:
      return Number(word);
  }
}
