/**
 * Rows of the gradient of a Linear from its factors:
 *
 *     block[i, j] = (accumulate ? block[i, j] : 0) + sum over n of left[n, i] * right[n, j]
 *
 * with block [rows, columns], right [count, columns] and left [count, rows], whose rows stand `leftStride` floats apart.
 * The terms are added in the order of n. Pointers are byte offsets into the imported memory.
 */
export function sumOuterProducts(
  block: usize,
  left: usize,
  right: usize,
  count: u32,
  rows: u32,
  columns: u32,
  leftStride: u32,
  accumulate: bool,
): void {
  const rowBytes = (columns as usize) << 2;
  let row: u32 = 0;
  while (row + 4 <= rows) {
    sumFourRows(block, left, right, count, columns, leftStride, accumulate);
    block += rowBytes << 2;
    left += 16;
    row += 4;
  }
  while (row < rows) {
    sumOneRow(block, left, right, count, columns, leftStride, 0, accumulate);
    block += rowBytes;
    left += 4;
    row += 1;
  }
}

/** Four rows at once: what is read of `right` serves four sums. */
function sumFourRows(
  block: usize,
  left: usize,
  right: usize,
  count: u32,
  columns: u32,
  leftStride: u32,
  accumulate: bool,
): void {
  const rowBytes = (columns as usize) << 2;
  const leftBytes = (leftStride as usize) << 2;
  const vectorColumns = columns & ~3;
  for (let column: u32 = 0; column < vectorColumns; column += 4) {
    const row0 = block + ((column as usize) << 2);
    const row1 = row0 + rowBytes;
    const row2 = row1 + rowBytes;
    const row3 = row2 + rowBytes;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    if (accumulate) {
      sum0 = v128.load(row0);
      sum1 = v128.load(row1);
      sum2 = v128.load(row2);
      sum3 = v128.load(row3);
    }
    let l = left;
    let r = right + ((column as usize) << 2);
    for (let n: u32 = 0; n < count; n++) {
      const x = v128.load(r);
      sum0 = f32x4.add(sum0, f32x4.mul(v128.load32_splat(l), x));
      sum1 = f32x4.add(sum1, f32x4.mul(v128.load32_splat(l, 4), x));
      sum2 = f32x4.add(sum2, f32x4.mul(v128.load32_splat(l, 8), x));
      sum3 = f32x4.add(sum3, f32x4.mul(v128.load32_splat(l, 12), x));
      l += leftBytes;
      r += rowBytes;
    }
    v128.store(row0, sum0);
    v128.store(row1, sum1);
    v128.store(row2, sum2);
    v128.store(row3, sum3);
  }
  for (let row: u32 = 0; row < 4; row++) {
    const offset = (row as usize) * rowBytes;
    const l = left + ((row as usize) << 2);
    sumOneRow(block + offset, l, right, count, columns, leftStride, vectorColumns, accumulate);
  }
}

/** The columns of one row from `first` on. */
function sumOneRow(
  block: usize,
  left: usize,
  right: usize,
  count: u32,
  columns: u32,
  leftStride: u32,
  first: u32,
  accumulate: bool,
): void {
  const rowBytes = (columns as usize) << 2;
  const leftBytes = (leftStride as usize) << 2;
  for (let column = first; column < columns; column++) {
    const target = block + ((column as usize) << 2);
    let sum: f32 = accumulate ? load<f32>(target) : 0;
    let l = left;
    let r = right + ((column as usize) << 2);
    for (let n: u32 = 0; n < count; n++) {
      sum += load<f32>(l) * load<f32>(r);
      l += leftBytes;
      r += rowBytes;
    }
    store<f32>(target, sum);
  }
}
