import type { PointsRecord } from '../../protocol/frame-builder.ts'
import { random, recordsOf } from '../ingest/mix.ts'
import type { PageServer } from '../latency/server.ts'
import { Writer } from './writer.ts'

export const BOARD = { project: 'board', runs: 10, keys: 100, steps: 1_000 }
export const COMPARE = { project: 'compare', runs: 100, keys: 1, steps: 10_000 }
export const DEEP = { project: 'deep', runs: 1, keys: 1, steps: 1_000_000 }

/** What the pages show: a board of a hundred keys of ten runs, a hundred runs of one key, and a million points with spikes. */
export async function fill(server: PageServer): Promise<void> {
  for (const { project, runs, keys, steps } of [BOARD, COMPARE]) {
    for (let run = 0; run < runs; run++) {
      const writer = await Writer.open(server, project, `${project}-${run}`)
      await writer.log(recordsOf(run, keys, steps))
      writer.close()
    }
  }
  const writer = await Writer.open(server, DEEP.project, 'deep-0')
  await writer.log(spiky(DEEP.steps))
  writer.close()
}

/** Noise with a single point standing out every 9,973 steps, up and down in turn. */
function* spiky(steps: number): Generator<PointsRecord> {
  const next = random(7)
  const keys = ['signal']
  for (let step = 0; step < steps; step++) {
    const spike = step % 9_973 === 5_000 ? (step % 2 ? 4 : -4) : 0
    yield { seq: step, step, time: 1_760_000_000_000 + 10 * step, keys, values: Float64Array.of(next() + spike) }
  }
}

/** All series of the board grow by `hertz` points a second until the returned function is called. */
export async function goOn(server: PageServer, hertz: number): Promise<() => Promise<void>> {
  const { project, runs, keys } = BOARD
  const names = [...recordsOf(0, keys, 1)].flatMap(record => record.keys)
  const writers = await Promise.all(
    Array.from({ length: runs }, (_, run) => Writer.open(server, project, `${project}-${run}`)),
  )
  const next = random(99)
  let tick = 0
  let sent = Promise.resolve()
  const timer = setInterval(() => {
    const step = BOARD.steps + tick
    const record = () => ({
      seq: tick * keys,
      step,
      time: Date.now(),
      keys: names,
      values: Float64Array.from(names, () => Math.fround(next())),
    })
    const records = writers.map(record)
    tick++
    sent = sent.then(async () => {
      await Promise.all(writers.map((writer, at) => writer.log([records[at] as PointsRecord])))
    })
  }, 1000 / hertz)
  return async () => {
    clearInterval(timer)
    await sent
    for (const writer of writers) writer.close()
  }
}
