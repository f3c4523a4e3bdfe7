/** Numbers as a reader wants them: short, aligned, in the language of the document, with NaN said and not hidden. */

let language = "en";

/** Sets the language of all numbers, a BCP 47 tag. */
export function useLanguage(tag: string): void {
  language = tag;
  formatters.clear();
  moments = undefined;
}

/** Making a formatter costs far more than using it. */
const formatters = new Map<string, Intl.NumberFormat>();
function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.NumberFormat(language, options);
  formatters.set(key, known);
  return known;
}

let moments: Intl.DateTimeFormat | undefined;

/** Milliseconds since 1970 as day and time, short. */
export function formatMoment(milliseconds: number): string {
  moments ??= new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" });
  return moments.format(milliseconds);
}

/** A metric: four significant digits at most four decimals ("0.6931", "12.35", "1.2e-5"); "NaN", "∞" and "−∞" as such; "–" for none. */
export function formatMetric(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2);
  const decimals = size >= 1000 ? 1 : size >= 100 ? 2 : size >= 10 ? 3 : 4;
  return formatter({
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

/** A value of an image, at most six significant digits, without grouping: "133", "0.00314159", "-12.5", "1.5e-9". */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(3).replace("e+", "e");
  return String(Number(value.toPrecision(Math.max(6, Math.ceil(Math.log10(size + 1))))));
}

/** At most six significant digits, without grouping: "0.25". */
export function formatPlain(value: number): string {
  return formatter({ maximumSignificantDigits: 6, useGrouping: false }).format(value);
}

/** So many decimals, whatever the size: "0.930". */
export function formatDecimals(value: number, decimals: number): string {
  return formatter({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** A whole number with thousands grouped. */
export function formatCount(value: number): string {
  return formatter({ maximumFractionDigits: 0 }).format(value);
}

const BYTE_UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** Bytes in units of 1024, three significant digits: "340 KB", "1.27 MB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${formatRate(bytes / 1024 ** power)} ${BYTE_UNITS[power]}`;
}

/** A rate with three significant digits ("8.42", "132"). */
export function formatRate(value: number): string {
  return formatter({ maximumSignificantDigits: 3 }).format(value);
}

export function formatPercent(fraction: number, decimals = 0): string {
  return formatter({ style: "percent", maximumFractionDigits: decimals }).format(fraction);
}

/** Seconds as the two largest units: "0.42 s", "38 s", "4 min 05 s", "2 h 10 min", "3 d 4 h". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const decimals = seconds < 1 ? 2 : 1;
  if (seconds < 10)
    return `${formatter({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, "0")} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
