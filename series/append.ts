import { atOrAfter } from './align.ts'
import { type Frame, pickFrame } from './frame.ts'

type Columns = { steps: Float64Array; times: Float64Array; values: Float64Array }

const room = (n: number): Columns => ({
  steps: new Float64Array(n),
  times: new Float64Array(n),
  values: new Float64Array(n),
})

/**
 * The drawn points of one series, growing: steps rise strictly, and of the same step the last committed point stays.
 *
 * `put` takes frames in order of commit, each with its points in order of commit. Where steps keep rising a point costs
 * O(1); where a frame reaches back, the points from its first step on are merged again.
 */
export class DrawnPoints {
  #kept: Columns
  #length = 0

  constructor(start?: Frame) {
    this.#kept = room(Math.max(256, start?.steps.length ?? 0))
    if (start) this.put(start)
  }

  get length(): number {
    return this.#length
  }

  put(frame: Frame): void {
    const fresh = byStep(frame)
    const n = fresh.steps.length
    if (n === 0) return
    const cut = atOrAfter(this.#kept.steps.subarray(0, this.#length), fresh.steps[0] as number)
    if (cut === this.#length) {
      this.#reserve(this.#length + n)
      this.#write(fresh, this.#length)
      this.#length += n
      return
    }
    const tail = this.#view(cut, this.#length)
    const merged = byStep(behind(tail, fresh))
    this.#length = cut
    this.#kept = grown(this.#kept, cut, cut + merged.steps.length)
    this.#write(merged, cut)
    this.#length = cut + merged.steps.length
  }

  /** The points put so far, as views: a later `put` leaves them as they are. */
  drawn(): Frame {
    return this.#view(0, this.#length)
  }

  #view(from: number, to: number): Columns {
    const { steps, times, values } = this.#kept
    return { steps: steps.subarray(from, to), times: times.subarray(from, to), values: values.subarray(from, to) }
  }

  #write(frame: Frame, at: number): void {
    this.#kept.steps.set(frame.steps, at)
    this.#kept.times.set(frame.times, at)
    this.#kept.values.set(frame.values, at)
  }

  #reserve(n: number): void {
    if (n > this.#kept.steps.length) this.#kept = grown(this.#kept, this.#length, n)
  }
}

/** New columns with the first `keep` items of the old ones and room for at least `n`, half as much again. */
function grown(old: Columns, keep: number, n: number): Columns {
  const next = room(Math.max(256, Math.ceil(n * 1.5)))
  next.steps.set(old.steps.subarray(0, keep))
  next.times.set(old.times.subarray(0, keep))
  next.values.set(old.values.subarray(0, keep))
  return next
}

function behind(one: Frame, other: Frame): Frame {
  const both = room(one.steps.length + other.steps.length)
  for (const name of ['steps', 'times', 'values'] as const) {
    both[name].set(one[name])
    both[name].set(other[name], one[name].length)
  }
  return both
}

/** The points of `frame` (in order of commit) that are drawn: stable by step, of the same step the last. */
export function byStep(frame: Frame): Frame {
  const { steps } = frame
  let rising = true
  for (let i = 1; rising && i < steps.length; i++) rising = (steps[i] as number) > (steps[i - 1] as number)
  if (rising) return frame
  const order = Uint32Array.from(steps, (_, i) => i)
  order.sort((a, b) => (steps[a] as number) - (steps[b] as number) || a - b)
  const drawn = order.filter((at, i) => i + 1 === order.length || steps[at] !== steps[order[i + 1] as number])
  return pickFrame(frame, drawn)
}
