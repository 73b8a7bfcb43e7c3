import { type ChunkStats, statsOf } from './chunk-stats.ts'
import type { Chunk, Columns } from './chunks.ts'
import { type Packed, packValues } from './codings.ts'
import { joined } from './drawn.ts'
import type { Gathered, Stretch } from './gather.ts'
import { seriesName } from './labels.ts'
import { CHUNK_POINTS } from './merge.ts'
import { packPyramid } from './pyramid.ts'
import type { StoredSeries } from './series-rows.ts'
import { joinRuns, sliceRuns, type WriterRun } from './writer-runs.ts'

/** Steps and times of a chunk; chunks of series that were logged together share one. */
export interface Axis {
  steps: Float64Array
  times: Float64Array
  sorted: boolean
  stepMin: number
  stepMax: number
  timeMin: number
  timeMax: number
}

/** A chunk to be. */
export interface Part {
  series: number
  generation: number
  /** Place among the parts of its series. */
  place: number
  n: number
  axis: Axis
  cursorMax: number
  writers: WriterRun[]
  packed: Packed
  stats: ChunkStats
  pyramid: Buffer | null
}

/** Packs the new points of each series, behind the chunks that are packed again, in chunks of at most 4,096. */
export function packParts(
  series: StoredSeries[],
  gathered: Map<string, Gathered>,
  before: Map<number, Chunk[]>,
): Part[] {
  const axes = new Map<string, Axis[]>()
  return series.flatMap(row => {
    const fresh = gathered.get(seriesName(row.key, row.labelSet))?.stretches ?? []
    const stretches = [...(before.get(row.series) ?? []).map(stretchOf), ...fresh.map(withRuns)]
    const signature = stretches.map(({ axis }) => axis).join()
    let split = axes.get(signature)
    if (!split) {
      split = axesOf(joined(stretches))
      axes.set(signature, split)
    }
    return partsOf(row, stretches, split)
  })
}

interface Taken extends Columns {
  axis: string
  cursor: number
  runs: WriterRun[]
}

const stretchOf = ({ axis, axisFrom, n, cursorMax, writers, steps, times, values }: Chunk): Taken => ({
  axis: `${axis}+${axisFrom}+${n}`,
  cursor: cursorMax,
  runs: writers,
  steps,
  times,
  values,
})

const withRuns = ({ writer, ...stretch }: Stretch): Taken => ({
  ...stretch,
  runs: [{ writer, count: stretch.steps.length }],
})

function partsOf({ series, generation }: StoredSeries, stretches: Taken[], axes: Axis[]): Part[] {
  const { values } = joined(stretches)
  const runs = joinRuns(stretches.flatMap(stretch => stretch.runs))
  const cursorMax = (stretches.at(-1) as Taken).cursor
  return axes.map((axis, place) => {
    const from = place * CHUNK_POINTS
    const own = values.slice(from, from + CHUNK_POINTS)
    const writers = sliceRuns(runs, from, from + own.length)
    const packed = packValues(own)
    return {
      series,
      generation,
      place,
      n: own.length,
      axis,
      cursorMax,
      writers,
      packed,
      stats: statsOf(own),
      pyramid: packPyramid(own),
    }
  })
}

function axesOf({ steps, times }: Columns): Axis[] {
  const axes: Axis[] = []
  for (let from = 0; from < steps.length; from += CHUNK_POINTS)
    axes.push(axisOf(steps.slice(from, from + CHUNK_POINTS), times.slice(from, from + CHUNK_POINTS)))
  return axes
}

function axisOf(steps: Float64Array, times: Float64Array): Axis {
  const axis: Axis = {
    steps,
    times,
    sorted: true,
    stepMin: Number.POSITIVE_INFINITY,
    stepMax: Number.NEGATIVE_INFINITY,
    timeMin: Number.POSITIVE_INFINITY,
    timeMax: Number.NEGATIVE_INFINITY,
  }
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number
    const time = times[i] as number
    if (i > 0 && step <= (steps[i - 1] as number)) axis.sorted = false
    if (step < axis.stepMin) axis.stepMin = step
    if (step > axis.stepMax) axis.stepMax = step
    if (time < axis.timeMin) axis.timeMin = time
    if (time > axis.timeMax) axis.timeMax = time
  }
  return axis
}
