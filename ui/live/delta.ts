import { decodeParts } from '@/protocol/answer'
import type { Frame } from '@/series/frame'

export type Labels = Readonly<Record<string, string>>

/** How far a run's points reach. */
export type Head = { readonly run: string; readonly epoch: number; readonly cursor: number }

/** What was committed to one run between two cursors. */
export type Delta = {
  readonly run: string
  readonly epoch: number
  readonly from: number
  readonly to: number
  readonly series: readonly { readonly key: string; readonly labels: Labels; readonly points: Frame }[]
}

type DeltaJson = Omit<Delta, 'series'> & { series: { key: string; labels: Labels; n: number }[] }

/** The parts of one binary `delta` (protocol/live.md). */
export function decodeDelta(body: ArrayBuffer): Delta[] {
  return [...decodeParts(new Uint8Array(body))].map(({ json, columns }) => {
    const { series, ...head } = json as DeltaJson
    return {
      ...head,
      series: series.map(({ key, labels, n }) => ({
        key,
        labels,
        points: {
          steps: columns.whole(n, 'delta steps'),
          times: columns.whole(n, 'delta times'),
          values: columns.floats(n, 'delta values'),
        },
      })),
    }
  })
}
