import { parquetWriteBuffer } from 'hyparquet-writer'
import type { SeriesPoints } from '../../domain/metrics/index.ts'
import { labelsOf } from './write-csv.ts'
import { writersOf } from './write-json.ts'

/** One table: key, labels, step, time, value, writer; a row a point. */
export async function* parquetOf(groups: AsyncIterable<SeriesPoints[]>): AsyncGenerator<Uint8Array> {
  const series: SeriesPoints[] = []
  for await (const group of groups) series.push(...group)
  const texts = (of: (one: SeriesPoints) => string) =>
    series.flatMap(one => Array<string>(one.steps.length).fill(of(one)))
  const whole = (of: (one: SeriesPoints) => Float64Array) =>
    BigInt64Array.from(series.flatMap(one => Array.from(of(one), BigInt)))
  const file = parquetWriteBuffer({
    columnData: [
      { name: 'key', data: texts(one => one.key), type: 'STRING' },
      { name: 'labels', data: texts(labelsOf), type: 'STRING' },
      { name: 'step', data: whole(one => one.steps), type: 'INT64' },
      { name: 'time', data: whole(one => one.times), type: 'INT64' },
      { name: 'value', data: Float64Array.from(series.flatMap(one => [...one.values])), type: 'DOUBLE' },
      { name: 'writer', data: series.flatMap(writersOf), type: 'STRING' },
    ],
  })
  yield new Uint8Array(file)
}
