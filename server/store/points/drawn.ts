import { byStep } from '../../../series/append.ts'
import type { Columns } from './chunks.ts'

/** Blocks of points in order of commit, as one. */
export function joined(blocks: Columns[]): Columns {
  const [only] = blocks
  if (only && blocks.length === 1) return only
  const n = blocks.reduce((sum, { steps }) => sum + steps.length, 0)
  const all = { steps: new Float64Array(n), times: new Float64Array(n), values: new Float64Array(n) }
  let at = 0
  for (const { steps, times, values } of blocks) {
    all.steps.set(steps, at)
    all.times.set(times, at)
    all.values.set(values, at)
    at += steps.length
  }
  return all
}

/** The points that are drawn: by step, of the same step the last committed. Free where steps rise already. */
export function drawn(blocks: Columns[]): Columns {
  return byStep(joined(blocks))
}
