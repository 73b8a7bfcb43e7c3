/** Of each of n points the half-open range [from, to) of positions around it; both columns rise. */
export type Windows = { readonly from: Int32Array; readonly to: Int32Array }

/** Windows of `width` points centred on each, an even width taken as the odd one above; cut short at both ends. */
export function windowsByPoints(n: number, width: number): Windows {
  const half = Math.floor(Math.max(width, 1) / 2)
  const from = Int32Array.from({ length: n }, (_, i) => Math.max(0, i - half))
  const to = Int32Array.from({ length: n }, (_, i) => Math.min(n, i + half + 1))
  return { from, to }
}

/** Windows of all points at most `width` / 2 away on the rising `xs` (n), both ends included. O(n). */
export function windowsByX(xs: Float64Array, width: number): Windows {
  const n = xs.length
  const from = new Int32Array(n)
  const to = new Int32Array(n)
  let low = 0
  let high = 0
  for (let i = 0; i < n; i++) {
    const x = xs[i] as number
    while (low < i && (xs[low] as number) < x - width / 2) low++
    while (high < n && (xs[high] as number) <= x + width / 2) high++
    from[i] = low
    to[i] = Math.max(high, i + 1)
  }
  return { from, to }
}

/**
 * Means of the finite items of `ys` (n) within each window. Nothing is ever subtracted, so one huge value leaves no error
 * behind it: two stacks of partial sums, O(n).
 */
export function slidingMean(ys: Float64Array, { from, to }: Windows): Float64Array {
  const n = ys.length
  const means = new Float64Array(n)
  const finite = (at: number) => (Number.isFinite(ys[at] as number) ? (ys[at] as number) : 0)
  const counted = countBefore(ys)
  /** back[k]: the sum from k to `turn`, for k below `turn`; front: the sum from `turn` to `end`. */
  const back = new Float64Array(n + 1)
  let turn = 0
  let end = 0
  let front = 0
  for (let i = 0; i < n; i++) {
    for (; end < (to[i] as number); end++) front += finite(end)
    if ((from[i] as number) >= turn) {
      back[end] = 0
      for (let k = end - 1; k >= (from[i] as number); k--) back[k] = (back[k + 1] as number) + finite(k)
      turn = end
      front = 0
    }
    const y = ys[i] as number
    const count = (counted[end] as number) - (counted[from[i] as number] as number)
    means[i] = Number.isFinite(y) ? ((back[from[i] as number] as number) + front) / count : y
  }
  return means
}

/** Of each position up to n how many items before it are finite. */
function countBefore(ys: Float64Array): Int32Array {
  const counted = new Int32Array(ys.length + 1)
  for (let i = 0; i < ys.length; i++) {
    counted[i + 1] = (counted[i] as number) + (Number.isFinite(ys[i] as number) ? 1 : 0)
  }
  return counted
}

/**
 * Medians of the finite items of `ys` (n) within each window; of an even number the mean of the middle two. The items are
 * ranked once and counted in a binary indexed tree, so that a window's size costs nothing: O(n log n).
 */
export function slidingMedian(ys: Float64Array, { from, to }: Windows): Float64Array {
  const n = ys.length
  const finite = Int32Array.from({ length: n }, (_, i) => i).filter(i => Number.isFinite(ys[i] as number))
  const byRank = finite.slice().sort((a, b) => (ys[a] as number) - (ys[b] as number) || a - b)
  const rankOf = new Int32Array(n).fill(-1)
  for (let rank = 0; rank < byRank.length; rank++) rankOf[byRank[rank] as number] = rank
  const tree = new RankTree(byRank.length)
  const medians = new Float64Array(n)
  let start = 0
  let end = 0
  for (let i = 0; i < n; i++) {
    for (; end < (to[i] as number); end++) tree.add(rankOf[end] as number, 1)
    for (; start < (from[i] as number); start++) tree.add(rankOf[start] as number, -1)
    const y = ys[i] as number
    if (!Number.isFinite(y)) {
      medians[i] = y
      continue
    }
    const item = (k: number) => ys[byRank[tree.find(k)] as number] as number
    const { size } = tree
    const upper = item(size >> 1)
    medians[i] = size % 2 ? upper : item((size >> 1) - 1) / 2 + upper / 2
  }
  return medians
}

/** Which of n ranks are in. */
class RankTree {
  size = 0
  readonly #counts: Int32Array
  readonly #top: number

  constructor(n: number) {
    this.#counts = new Int32Array(n + 1)
    this.#top = n > 0 ? 2 ** Math.floor(Math.log2(n)) : 0
  }

  /** A rank below 0 is nobody's. */
  add(rank: number, change: 1 | -1): void {
    if (rank < 0) return
    this.size += change
    for (let at = rank + 1; at < this.#counts.length; at += at & -at) {
      this.#counts[at] = (this.#counts[at] as number) + change
    }
  }

  /** The rank that has `k` smaller ones in. */
  find(k: number): number {
    let at = 0
    let left = k
    for (let step = this.#top; step > 0; step >>= 1) {
      const next = at + step
      if (next < this.#counts.length && (this.#counts[next] as number) <= left) {
        at = next
        left -= this.#counts[next] as number
      }
    }
    return at
  }
}

/** Beyond so many standard deviations a weight is below 0.0004 of the middle's and is left out. */
const REACH = 4

/**
 * Gaussian mean of the finite items of `ys` (n): weights e^(−d²/2σ²) over all within four σ, normalised by what is there.
 * xs: rising, σ in its unit; null takes the distance in points. O(n · points within reach).
 */
export function smoothGaussian(xs: Float64Array | null, ys: Float64Array, sigma: number): Float64Array {
  const n = ys.length
  const { from, to } = xs ? windowsByX(xs, 2 * REACH * sigma) : windowsByPoints(n, 2 * Math.floor(REACH * sigma) + 1)
  const byDistance = xs ? null : kernelOf(sigma)
  const scale = -1 / (2 * sigma * sigma)
  const smoothed = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const y = ys[i] as number
    if (!Number.isFinite(y)) {
      smoothed[i] = y
      continue
    }
    let sum = 0
    let mass = 0
    for (let k = from[i] as number; k < (to[i] as number); k++) {
      const other = ys[k] as number
      if (!Number.isFinite(other)) continue
      const away = xs ? (xs[k] as number) - (xs[i] as number) : Math.abs(k - i)
      const weight = byDistance ? (byDistance[away] as number) : Math.exp(away * away * scale)
      sum += weight * other
      mass += weight
    }
    smoothed[i] = sum / mass
  }
  return smoothed
}

function kernelOf(sigma: number): Float64Array {
  const length = Math.floor(REACH * sigma) + 1
  return Float64Array.from({ length }, (_, d) => Math.exp((-d * d) / (2 * sigma * sigma)))
}
