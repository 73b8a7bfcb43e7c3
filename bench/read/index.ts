import { type BenchServer, startBenchServer } from '../ingest/server.ts'
import type { Figure, Measure, Size } from '../row.ts'
import { type Answered, askPanel, medianOf, round } from './ask.ts'
import { loss, tokens, walk } from './curve.ts'
import { seedRun } from './seed.ts'
import { missedBy, wrongPixels } from './truth.ts'

const MILLION = 1_000_000
const sizes = {
  quick: { overviews: [10_000_000], times: 5 },
  full: { overviews: [10_000_000, 100_000_000], times: 15 },
}

/** Reading: exact and overview, cold and asked before, what is true of the picture, and how it grows. */
export const benchRead: Measure = async size => {
  const server = await startBenchServer()
  try {
    const path = walk(MILLION)
    const million = await seedRun(server, [loss(), tokens, path], MILLION)
    const figures = [
      ...(await oneMillion(server, million, size)),
      ...(await manySeries(server, size)),
      ...(await truth(server, million, path)),
    ]
    const grown = await growth(server, size)
    return { figures: [...figures, ...grown.figures], plots: grown.plots }
  } finally {
    await server.stop()
  }
}

const panelOf = (run: number, width: number) => ({ runs: [String(run)], keys: ['loss'], width })

async function oneMillion(server: BenchServer, run: number, size: Size): Promise<Figure[]> {
  const { times } = sizes[size]
  await askPanel(server, panelOf(run, 900)) // starts the reading thread
  const cold = await medianOf(times, i => askPanel(server, panelOf(run, 1_000 + Math.round((1_000 * i) / times))))
  // What takes a few ms is known only of many.
  const again = await medianOf(10 * times, () => askPanel(server, panelOf(run, 1_000)))
  const zoomed = await medianOf(times, i =>
    askPanel(server, { ...panelOf(run, 1_500), window: [1e5 * (i % 9), 1e5 * (i % 9) + 1e5 + i] }),
  )
  const [narrow, wide] = [await askPanel(server, panelOf(run, 1_000)), await askPanel(server, panelOf(run, 2_000))]
  return [
    { what: '1,000,000 points, M4 at 1,000-2,000 px, not asked before', unit: 'ms', value: cold, limit: 60 },
    { what: '1,000,000 points, asked before', unit: 'ms', value: again, limit: 5 },
    { what: '100,000 of 1,000,000 points, not asked before', unit: 'ms', value: zoomed },
    { what: 'answer for 1,000,000 points at 1,000 px', unit: 'kB', value: round(narrow.bytes / 1_000), limit: 64 },
    { what: 'answer for 1,000,000 points at 2,000 px', unit: 'kB', value: round(wide.bytes / 1_000), limit: 64 },
  ]
}

async function manySeries(server: BenchServer, size: Size): Promise<Figure[]> {
  const { times } = sizes[size]
  const names = Array.from({ length: 1_000 }, (_, i) => `k${i}`)
  const run = await seedRun(
    server,
    names.map((key, i) => ({ ...loss(i), key })),
    10_000,
  )
  const all = { runs: [String(run)], keys: names, detail: 'overview' as const }
  const overview = await medianOf(times, i => askPanel(server, { ...all, width: 100 + i }))
  const asked = await medianOf(times, () => askPanel(server, { ...all, width: 100 }))
  const { bytes } = await askPanel(server, { ...all, width: 100 })
  const runs: string[] = []
  for (let i = 0; i < 100; i++) runs.push(String(await seedRun(server, [loss(i)], 10_000)))
  const compared = await medianOf(times, i => askPanel(server, { runs, keys: ['loss'], width: 1_000 + i }))
  return [
    {
      what: '1,000 keys × 10,000 steps as overview, not asked before',
      unit: 'ms',
      value: overview,
      limit: 120,
      goal: 100,
    },
    { what: '1,000 keys × 10,000 steps as overview, asked before', unit: 'ms', value: asked },
    { what: '1,000 keys × 10,000 steps as overview', unit: 'kB', value: round(bytes / 1_000) },
    { what: '100 runs × 10,000 points of one key, M4 at 1,000 px', unit: 'ms', value: compared },
  ]
}

async function truth(server: BenchServer, run: number, path: ReturnType<typeof walk>): Promise<Figure[]> {
  const found = await wrongPixels(server, run, MILLION, path)
  return found.map(({ name, wrong, shown }) => ({
    what: `wrong pixels of five zooms of 1,000,000 points, x = ${name}`,
    unit: 'px',
    value: wrong,
    limit: 0,
    ...(shown < MILLION && { note: `in the worst zoom cut after ${shown} points, which the answer says` }),
  }))
}

/** The same view of ever longer series. */
async function growth(server: BenchServer, size: Size) {
  const { times, overviews } = sizes[size]
  const figures: Figure[] = []
  const lines: Record<'whole' | 'window of 1,000 points', [number, number][]> = {
    whole: [],
    'window of 1,000 points': [],
  }
  const windows = new Map<number, number>()
  for (const n of [1e3, 1e4, 1e5, 1e6, ...overviews]) {
    const run = await seedRun(server, [loss()], n)
    const whole = await medianOf(times, i => askPanel(server, panelOf(run, 1_000 + i)))
    const from = n / 2 - 500
    const window = await medianOf(times, i =>
      askPanel(server, { ...panelOf(run, 1_000), window: [from - i, from + 1_000] }),
    )
    lines.whole.push([n, whole])
    lines['window of 1,000 points'].push([n, window])
    windows.set(n, window)
    if (!overviews.includes(n)) continue
    const count = n.toLocaleString('en')
    const asked = await askPanel(server, panelOf(run, 1_000))
    const missed = missedBy(n, 1_000, asked.series[0] as Answered)
    figures.push(
      { what: `overview of ${count} points, not asked before`, unit: 'ms', value: whole, limit: 30 },
      {
        what: `columns of ${count} points with an extreme not reached within one column`,
        unit: 'columns',
        value: missed.columns,
        limit: 0,
      },
      {
        what: `top or bottom of a column of ${count} points, off by at most`,
        unit: 'px of 400',
        value: round(missed.pixels),
      },
    )
  }
  figures.push({
    what: 'window of 1,000 points: of 10,000,000 against of 10,000',
    unit: '×',
    value: round((windows.get(1e7) as number) / (windows.get(1e4) as number)),
    goal: 1.5,
  })
  return { figures, plots: [{ title: 'One view by points of the series', x: 'points', y: 'ms', lines }] }
}
