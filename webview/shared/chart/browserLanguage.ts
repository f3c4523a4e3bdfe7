/**
 * To be imported before uPlot, which makes a formatter for the browser's language as it is loaded: on a system without a
 * locale the browser speaks "en-US@posix", which no formatter takes, and the view would stay empty.
 */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en-US" });
}
