/**
 * Rows of the gradient of a Linear from its factors:
 *
 *     block[i, j] = (accumulate ? block[i, j] : 0) + sum over n of left[n, i] * right[n, j]
 *
 * with block [rows, columns], right [count, columns] and left [count, rows], whose rows stand `leftStride` floats apart.
 * The terms are added in the order of n.
 */
import { FunctionCode, type Local } from "./functionCode";
import { type Code, f32, f32x4, i32 } from "./instructions";

/** Rows that are made at once: what is read of `right` serves four sums. */
const ROWS = 4;
const LANES = 4;

interface Factors {
  readonly right: Code;
  readonly columns: Code;
  /** Bytes from a row of `left` to the next, and of all its rows. */
  readonly leftBytes: Code;
  readonly leftLength: Code;
  readonly rowBytes: Code;
  readonly accumulate: Code;
}

/** (block, left, right: pointers; count, rows, columns, leftStride; accumulate: 0 or 1) */
export function sumOuterProducts(): FunctionCode {
  const written = new FunctionCode("i32", "i32", "i32", "i32", "i32", "i32", "i32", "i32");
  const [block, left, right, count, rows, columns, leftStride, accumulate] = written.parameters;
  const rowBytes = written.keep("i32", floats(columns!.value)).value;
  const leftBytes = written.keep("i32", floats(leftStride!.value)).value;
  const factors: Factors = {
    right: right!.value,
    columns: columns!.value,
    leftBytes,
    leftLength: written.keep("i32", i32.mul(count!.value, leftBytes)).value,
    rowBytes,
    accumulate: accumulate!.value,
  };
  const row = written.keep("i32", i32.constant(0));
  const wholeRows = written.keep("i32", i32.and(rows!.value, i32.constant(-ROWS)));
  const wholeColumns = written.keep("i32", i32.and(columns!.value, i32.constant(-LANES)));
  const sumRows = (count: number) => {
    sumVectors(written, count, block!.value, left!.value, wholeColumns.value, factors);
    for (let each = 0; each < count; each++) {
      sumLastColumns(written, block!.value, left!.value, wholeColumns.value, factors);
      written.advance(block!, rowBytes);
      written.advance(left!, i32.constant(4));
    }
  };
  written.forEach(row, wholeRows.value, i32.constant(ROWS), () => sumRows(ROWS));
  written.forEach(row, rows!.value, i32.constant(1), () => sumRows(1));
  return written;
}

/** The columns up to `end`, which fill whole vectors, of `rows` rows at once. */
function sumVectors(
  written: FunctionCode,
  rows: number,
  block: Code,
  left: Code,
  end: Code,
  factors: Factors,
): void {
  const { right, rowBytes, accumulate } = factors;
  const leftEnd = written.keep("i32", i32.add(left, factors.leftLength));
  const column = written.keep("i32", i32.constant(0));
  written.forEach(column, end, i32.constant(LANES), () => {
    const offset = written.keep("i32", floats(column.value));
    const targets = [written.keep("i32", i32.add(block, offset.value))];
    while (targets.length < rows) targets.push(written.keep("i32", i32.add(targets.at(-1)!.value, rowBytes)));
    const sums = targets.map(() => written.keep("v128", f32x4.splat(f32.constant(0))));
    written.when(accumulate, () => {
      sums.forEach((sum, row) => {
        written.set(sum, f32x4.load(targets[row]!.value));
      });
    });
    forEachPair(written, left, leftEnd.value, i32.add(right, offset.value), factors, (l, r) => {
      const values = written.keep("v128", f32x4.load(r.value));
      sums.forEach((sum, row) => {
        const product = f32x4.mul(f32x4.loadSplat(l.value, 4 * row), values.value);
        written.set(sum, f32x4.add(sum.value, product));
      });
    });
    sums.forEach((sum, row) => {
      written.run(f32x4.store(targets[row]!.value, sum.value));
    });
  });
}

/** The columns of one row from `first` on. */
function sumLastColumns(written: FunctionCode, block: Code, left: Code, first: Code, factors: Factors): void {
  const { right, columns, accumulate } = factors;
  const leftEnd = written.keep("i32", i32.add(left, factors.leftLength));
  const column = written.keep("i32", first);
  written.forEach(column, columns, i32.constant(1), () => {
    const offset = written.keep("i32", floats(column.value));
    const target = written.keep("i32", i32.add(block, offset.value));
    const sum = written.keep("f32", f32.constant(0));
    written.when(accumulate, () => {
      written.set(sum, f32.load(target.value));
    });
    forEachPair(written, left, leftEnd.value, i32.add(right, offset.value), factors, (l, r) => {
      written.set(sum, f32.add(sum.value, f32.mul(f32.load(l.value), f32.load(r.value))));
    });
    written.run(f32.store(target.value, sum.value));
  });
}

/** `body` with the places of left[n, i] and right[n, j] for every n, from those of n = 0; left[n, i] stands before `leftEnd`. */
function forEachPair(
  written: FunctionCode,
  left: Code,
  leftEnd: Code,
  right: Code,
  { leftBytes, rowBytes }: Factors,
  body: (l: Local, r: Local) => void,
): void {
  const l = written.keep("i32", left);
  const r = written.keep("i32", right);
  written.forEach(l, leftEnd, leftBytes, () => {
    body(l, r);
    written.advance(r, rowBytes);
  });
}

/** Bytes of so many floats. */
const floats = (count: Code): Code => i32.shiftLeft(count, i32.constant(2));
