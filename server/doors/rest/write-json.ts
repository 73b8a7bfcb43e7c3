import type { SeriesPoints } from '../../domain/metrics/index.ts'

/** How many numbers become one piece of text. */
const PIECE = 10_000

/** `{"key": {"steps": [], "times": [], "values": []}}`; with `writers` where several series of a key lie one behind the other. */
export async function* jsonOf(groups: AsyncIterable<SeriesPoints[]>, labelled: boolean): AsyncGenerator<string> {
  let before = '{'
  for await (const series of groups) {
    const [first] = series
    if (!first) continue
    yield `${before}${JSON.stringify(first.key)}:{"steps":[`
    yield* column(
      series.map(one => one.steps),
      whole,
    )
    yield '],"times":['
    yield* column(
      series.map(one => one.times),
      whole,
    )
    yield '],"values":['
    yield* column(
      series.map(one => one.values),
      real,
    )
    yield ']'
    if (series.length > 1 && !labelled) yield `,"writers":${JSON.stringify(series.flatMap(writersOf))}`
    yield '}'
    before = ','
  }
  yield before === '{' ? '{}' : '}'
}

function* column(parts: Float64Array[], word: (item: number) => string): Generator<string> {
  let comma = ''
  for (const part of parts)
    for (let from = 0; from < part.length; from += PIECE) {
      yield comma + Array.from(part.subarray(from, from + PIECE), word).join(',')
      comma = ','
    }
}

const whole = (item: number) => String(item)

/** JSON has no word for the three that are not finite. The shortest digits that give the same float64 back. */
export function real(item: number): string {
  if (Object.is(item, -0)) return '-0'
  return Number.isFinite(item) ? String(item) : `"${item}"`
}

export function writersOf({ writers }: SeriesPoints): string[] {
  return writers.flatMap(({ writer, count }) => Array<string>(count).fill(writer))
}
