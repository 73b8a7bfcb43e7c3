import { performance } from 'node:perf_hooks'
import { decodeParts } from '../../protocol/answer.ts'
import type { AnswerPart, SeriesPart, SeriesQuestion } from '../../protocol/series.schema.ts'

export interface Answered {
  head: SeriesPart
  steps: Float64Array
  times: Float64Array
  values: Float64Array
  xs: Float64Array | undefined
}

type Panel = Omit<SeriesQuestion['panels'][number], 'id'>

/** One question over HTTP, as a browser asks it: milliseconds until the last byte, bytes, and what it said. */
export async function askPanel({ url, key }: { url: string; key: string }, panel: Panel) {
  const body = JSON.stringify({ panels: [{ id: 'p', ...panel }] })
  const began = performance.now()
  const response = await fetch(`${url}/api/series`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body,
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const ms = performance.now() - began
  if (!response.ok) throw new Error(new TextDecoder().decode(bytes))
  const series: Answered[] = []
  for (const { json, columns } of decodeParts(bytes)) {
    const part = json as AnswerPart
    if (part.part === 'error') throw new Error(part.message)
    if (part.part !== 'series') continue
    const points = {
      steps: columns.whole(part.n, 'steps'),
      times: columns.whole(part.n, 'times'),
      values: columns.floats(part.n, 'values'),
    }
    series.push({ head: part, ...points, xs: part.xs ? columns.floats(part.n, 'xs') : undefined })
  }
  return { ms, bytes: bytes.length, series }
}

/** Of questions that differ, so that none is answered from what was kept: the median of their times. */
export async function medianOf(times: number, ask: (i: number) => Promise<{ ms: number }>): Promise<number> {
  const all: number[] = []
  for (let i = 0; i < times; i++) all.push((await ask(i)).ms)
  return round(all.sort((a, b) => a - b)[Math.floor(times / 2)] as number)
}

export const round = (value: number) => Math.round(10 * value) / 10
