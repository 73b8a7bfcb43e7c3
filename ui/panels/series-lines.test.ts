import { expect, test } from 'vitest'
import type { SeriesPart } from '@/protocol/series.schema'
import { unsmoothed } from '@/series/smoothing'
import { GrowingSeries } from '@/ui/live/held-series'
import { goalOf } from './goal'
import { linesOf } from './series-lines'

const stats = { count: 0, nonFinite: 0, sum: 0, first: null, last: null, min: null, max: null, lastTime: null }

function seriesOf(run: string, labels: Record<string, string>, points: [step: number, time: number, value: number][]) {
  const head: SeriesPart = {
    ...{
      part: 'series',
      id: 'p',
      run,
      key: 'loss',
      labels,
      kind: 'user',
      epoch: 0,
      generation: 0,
      cursor: 0,
      state: 'full',
    },
    ...{
      n: points.length,
      total: points.length,
      every: true,
      exact: true,
      xs: false,
      cut: null,
      domain: null,
      start: 1000,
      stats,
    },
  }
  const column = (at: 0 | 1 | 2) => Float64Array.from(points, p => p[at])
  return new GrowingSeries({ head, points: { steps: column(0), times: column(1), values: column(2) } })
}

const runs = [
  { run: '2', name: 'second', order: 2, live: false },
  { run: '1', name: 'first', order: 1, live: true },
]

test('lines follow the order of the runs and keep the colour of each; several of one run differ by dash and name', () => {
  const series = [
    seriesOf('1', { rank: '0' }, [[1, 1, 1]]),
    seriesOf('1', { rank: '1' }, [[1, 1, 2]]),
    seriesOf('2', {}, [[1, 1, 3]]),
  ]
  const lines = linesOf(
    series.map(s => s.held),
    runs,
    { x: 'step', smoothing: unsmoothed },
  )
  expect(lines.map(l => [l.name, l.color, l.dash, l.live])).toEqual([
    ['second', 'var(--run-2)', 0, false],
    ['first rank 0', 'var(--run-1)', 0, true],
    ['first rank 1', 'var(--run-1)', 1, true],
  ])
})

test('by time the points stand in order of time, since the start of their run', () => {
  const held = seriesOf('1', {}, [
    [1, 3000, 10],
    [2, 2000, 20],
  ]).held
  const [relative] = linesOf([held], runs, { x: 'relative', smoothing: unsmoothed })
  expect([[...(relative?.xs ?? [])], [...(relative?.ys ?? [])]]).toEqual([
    [1000, 2000],
    [20, 10],
  ])
})

test('a smoothed line keeps its raw values', () => {
  const held = seriesOf('1', {}, [
    [0, 0, 1],
    [1, 1, 3],
    [1000, 1000, 2],
  ]).held
  const [line] = linesOf([held], runs, { x: 'step', smoothing: { kind: 'ema', strength: 0.9 } })
  expect([...(line?.raw ?? [])]).toEqual([1, 3, 2])
  expect(line?.ys[1]).toBeCloseTo(2.026, 2)
})

test('statistics follow what comes live', () => {
  const series = seriesOf('1', {}, [[0, 0, 5]])
  series.put({ steps: Float64Array.of(1, 2), times: Float64Array.of(1, 2), values: Float64Array.of(3, Number.NaN) })
  expect(series.held.stats).toMatchObject({ min: { step: 1, value: 3 }, last: { step: 2, value: 'NaN' }, count: 2 })
  expect(series.held.total).toBe(3)
})

test('accuracy rises, loss falls', () => {
  for (const key of ['val/acc', 'val/accuracy', 'eval/f1', 'perf/tokens_per_s', 'top1', 'reward'])
    expect(goalOf(key)).toBe('maximize')
  for (const key of ['train/loss', 'accumulated', 'map_loss', 'lr', 'scored']) expect(goalOf(key)).toBe('minimize')
})
