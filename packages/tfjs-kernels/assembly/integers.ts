/** Matrix products of 32-bit integers, modulo 2³². */

/**
 * out = a · b for `products` pairs, out `[products, rows, columns]`; steps in bytes as for products of floats. Each sum runs over
 * all of `depth` at once.
 */
export function multiplyIntegers(
  products: i32, rows: i32, columns: i32, depth: i32,
  a: usize, aProduct: usize, aRow: usize, aDepth: usize,
  b: usize, bProduct: usize, bDepth: usize, bColumn: usize, out: usize,
): void {
  for (; products > 0; products--) {
    let line = a;
    for (let i = 0; i < rows; i++) {
      let column = b;
      let rest = columns;
      if (bColumn == 4) {
        for (; rest >= 4; rest -= 4) {
          let p = line;
          let q = column;
          let sums = i32x4.splat(0);
          for (let k = depth; k > 0; k--) {
            sums = i32x4.add(sums, i32x4.mul(v128.load32_splat(p), v128.load(q)));
            p += aDepth;
            q += bDepth;
          }
          v128.store(out, sums);
          column += 16;
          out += 16;
        }
      }
      for (; rest > 0; rest--) {
        let p = line;
        let q = column;
        let sum = 0;
        for (let k = depth; k > 0; k--) {
          sum += load<i32>(p) * load<i32>(q);
          p += aDepth;
          q += bDepth;
        }
        store<i32>(out, sum);
        column += bColumn;
        out += 4;
      }
      line += aRow;
    }
    a += aProduct;
    b += bProduct;
  }
}
