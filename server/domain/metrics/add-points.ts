import { decodeFrame, type Hole } from '../../../protocol/frame.ts'
import { framesOf, type PointsRecord } from '../../../protocol/frame-builder.ts'
import type { RefusedItem } from '../../../protocol/ingest.ts'
import { nonFiniteOf } from '../../../protocol/json-real.ts'
import { keyFault } from '../../../protocol/keys.ts'
import { STEP_MAX } from '../../../protocol/limits.ts'
import type { Ctx } from '../../context.ts'
import { conflict, gone, invalid, limit } from '../../errors.ts'
import { type Answer, BusyError } from '../../store/points.ts'
import { noteRefused, type OpenedWriter } from '../runs/index.ts'
import { pointsOf } from './points-of.ts'

/** Columns of one key, of equal length; `times` are the moment of arrival where they are not told. */
export interface Columns {
  steps: unknown[]
  times?: unknown[] | undefined
  values: unknown[]
}

/** `next` is the `first` of the writer's next points. */
export interface Added {
  next: number
  refused: RefusedItem[]
}

/** Seqs of no point: refused for a fault, or nothing. */
interface Nothing extends Hole {
  key: string
  fault: string | null
}

type Fault = Nothing & { fault: string }

const isFault = (item: PointsRecord | Nothing): item is Fault => 'fault' in item && item.fault !== null

/**
 * Points in columns, from a writer that has no journal. Each value has a seq: the columns in the order in which they came,
 * the first value's is `first`. What was kept before is not kept again; `null` is no point; a bad item is refused alone.
 */
export async function addPoints(
  ctx: Ctx,
  at: OpenedWriter,
  { first, points }: { first: number; points: Record<string, Columns> },
): Promise<Added> {
  const items = [...itemsOf(first, points)]
  const faults = items.filter(isFault)
  const { workspaceId, run, writer } = at
  for (const body of framesOf(writer, items)) {
    const frame = decodeFrame(body)
    const refused = faults.filter(hole => hole.first >= frame.first && hole.first <= frame.last)
    const answer = await pointsOf(ctx.db).append({ workspaceId, run, writer, frame, body, refused }).catch(toLimit)
    if (isNew(answer) && refused.length > 0) await noteRefused(ctx, at, listed(refused))
  }
  return { next: first + items.length, refused: listed(faults) }
}

function toLimit(error: unknown): never {
  throw error instanceof BusyError
    ? limit('The server cannot take points now. Send the same again in a few seconds')
    : error
}

/** False where all of it was kept before. */
function isNew(answer: Answer): boolean {
  if (answer.kept) return !answer.again
  if ('resend' in answer)
    throw conflict(`Points are missing before these: send them from first = ${answer.resend}`, { next: answer.resend })
  if ('quarantined' in answer) throw invalid(answer.quarantined)
  throw gone('This run was deleted')
}

function* itemsOf(first: number, points: Record<string, Columns>): Generator<PointsRecord | Nothing> {
  const now = Date.now()
  let seq = first
  for (const [key, columns] of Object.entries(points)) {
    const { steps, times, values } = columns
    const most = Math.max(steps.length, times?.length ?? 0, values.length)
    const uneven = [steps, times ?? values, values].some(column => column.length !== most)
    const fault = keyFault(key) ?? (uneven ? 'steps, times and values differ in length' : null)
    const keys = [key]
    for (let i = 0; i < most; i++, seq++) {
      const point = fault ?? pointOf(steps[i], times ? times[i] : now, values[i])
      if (point === null || typeof point === 'string') yield { first: seq, count: 1, key, fault: point }
      else yield { seq, keys, ...point }
    }
  }
}

const isWhole = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) <= STEP_MAX

/** The point, null for none, or why it cannot be one. */
function pointOf(step: unknown, time: unknown, value: unknown) {
  if (value === null) return null
  const number = typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? nonFiniteOf(value) : value
  if (typeof number !== 'number') return 'the value is not a number, nor "NaN", "Infinity" or "-Infinity"'
  if (!isWhole(step)) return 'the step is not a whole number within ±(2^53 − 1)'
  if (!isWhole(time)) return 'the time is not a whole number of milliseconds since 1970 UTC'
  return { step, time, values: Float64Array.of(number) }
}

function listed(faults: Fault[]): RefusedItem[] {
  const items = new Map<string, RefusedItem>()
  for (const { key, fault: reason } of faults) {
    const same = `${key}\0${reason}`
    items.set(same, { key, reason, count: (items.get(same)?.count ?? 0) + 1 })
  }
  return [...items.values()]
}
