import { decodeParts, encodePart } from './answer.ts'
import { invalid } from './errors.ts'

/** Columns of equal length: steps and times (whole numbers, ms since 1970 UTC), values (float64). */
export interface DeltaPoints {
  steps: Float64Array
  times: Float64Array
  values: Float64Array
}

export interface DeltaSeries {
  key: string
  labels: Record<string, string>
  /** In order of commit. */
  points: DeltaPoints
}

/** What was committed to one run in (from, to]: it continues what was read at the same epoch and at the cursor `from`. */
export interface Delta {
  /** The server's number of the run, in decimal. */
  run: string
  epoch: number
  from: number
  to: number
  series: DeltaSeries[]
}

/**
 * The JSON of a part. `series` holds three whole numbers a series: the place of its key in `keys`, of its label set in `sets`, and
 * its number of points. A name is said once a delta: with each series it weighed four times as much as the points.
 */
interface DeltaJson {
  run: string
  epoch: number
  from: number
  to: number
  keys: string[]
  sets: Record<string, string>[]
  series: number[]
}

/** One part; its three columns are the steps, the times and the values of all series, one behind the other. */
export function encodeDelta({ series, ...head }: Delta): Uint8Array {
  const keys = new Map<string, number>()
  const sets = new Map<string, number>()
  const places = series.flatMap(({ key, labels, points }) => [
    placeOf(keys, key),
    placeOf(sets, JSON.stringify(labels)),
    points.steps.length,
  ])
  const named = { keys: [...keys.keys()], sets: [...sets.keys()].map(set => JSON.parse(set)), series: places }
  const joined = (column: keyof DeltaPoints) => concat(series.map(({ points }) => points[column]))
  const columns = [{ whole: joined('steps') }, { whole: joined('times') }, { floats: joined('values') }]
  return encodePart({ ...head, ...named } satisfies DeltaJson, columns)
}

/** The parts of one `delta` (live.md). Throws ProtocolError. */
export function decodeDelta(body: Uint8Array): Delta[] {
  return [...decodeParts(body)].map(({ json, columns }) => {
    const { keys, sets, series: places, ...head } = json as DeltaJson
    const many = places.length / 3
    const sizes = Array.from({ length: many }, (_, i) => places[3 * i + 2] ?? 0)
    const n = sizes.reduce((sum, size) => sum + size, 0)
    const all = {
      steps: columns.whole(n, 'steps'),
      times: columns.whole(n, 'times'),
      values: columns.floats(n, 'values'),
    }
    let at = 0
    const series = sizes.map((size, i) => {
      const key = keys[places[3 * i] ?? -1]
      const labels = sets[places[3 * i + 1] ?? -1]
      if (key === undefined || !labels) return invalid('delta: a series has no name.')
      const end = at + size
      const cut = (column: Float64Array) => column.subarray(at, end)
      const points = { steps: cut(all.steps), times: cut(all.times), values: cut(all.values) }
      at = end
      return { key, labels, points }
    })
    return { ...head, series }
  })
}

function placeOf(places: Map<string, number>, name: string): number {
  const found = places.get(name)
  if (found !== undefined) return found
  places.set(name, places.size)
  return places.size - 1
}

function concat(parts: Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
