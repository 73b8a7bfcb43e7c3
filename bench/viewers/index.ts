import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startBenchServer } from '../ingest/server.ts'
import { cpuSeconds } from '../machine.ts'
import type { Figure, Measure } from '../row.ts'
import type { Acks, Training } from './train.ts'
import type { Seen, Watching } from './watch.ts'

const sizes = {
  quick: { viewers: 500, rate: 100_000, seconds: 8 },
  full: { viewers: 500, rate: 300_000, seconds: 40 },
}
const live = { panels: 20, lines: 10, hz: 5 }
const LIVE_RUN = 'watched'

interface Spent {
  /** Of the process, all threads; and of its first thread, which answers everybody. */
  all: number
  loop: number
}

/** 500 browsers on one live run: what they cost the server, how old what they see is, and what they cost ingest. */
export const benchViewers: Measure = async size => {
  const { viewers, rate, seconds } = sizes[size]
  const server = await startBenchServer()
  const children: ChildProcess[] = []
  const started = async (file: string, load: Training | Watching) => {
    const child = fork(join(import.meta.dirname, file), [JSON.stringify(load)], { stdio: 'inherit' })
    children.push(child)
    await said(child)
    return child
  }
  const during = async <T>(act: () => Promise<T>): Promise<[spent: Spent, told: T]> => {
    const began = performance.now()
    const before = cpuOf(server.pid)
    const told = await act()
    const after = cpuOf(server.pid)
    const share = (used: number) => (100 * used) / ((performance.now() - began) / 1000)
    return [{ all: share(after.all - before.all), loop: share(after.loop - before.loop) }, told]
  }
  try {
    const { url, key } = server
    const train = await started('train.ts', { url, key, live: LIVE_RUN, ...live, rate, seconds })
    const burst = async (no: number) => {
      train.send(no)
      return (await said(train)) as Acks
    }
    const [alone] = await during(() => pause(1000 * seconds))
    const [, acksAlone] = await during(() => burst(0))
    const { rows } = await server.sql.query<{ run: string }>('SELECT run FROM run WHERE id = $1', [LIVE_RUN])
    const rssBefore = rssOf(server.pid)
    const watch = await started('watch.ts', { url, key, run: String(rows[0]?.run), viewers })
    const looked = async () => {
      watch.send('look')
      return (await said(watch)) as Seen
    }
    await looked()
    const [watched, seen] = await during(async () => {
      await pause(1000 * seconds)
      return looked()
    })
    const [, acksWatched] = await during(() => burst(1))
    const seenBusy = await looked()
    const rss = rssOf(server.pid)
    const cpu = watched.all - alone.all
    return {
      figures: [
        {
          what: `CPU of ${viewers} viewers × ${live.hz} Hz`,
          unit: '% of a core',
          value: round(cpu),
          limit: 25,
          goal: 15,
        },
        { what: 'point logged to delta decoded: p95', unit: 'ms', value: seen.p95, goal: 100 },
        { what: `the same during ${rate} points/s: p95`, unit: 'ms', value: seenBusy.p95 },
        ackFigure(rate, acksAlone, acksWatched),
        { what: 'memory a viewer', unit: 'kB', value: round((rss - rssBefore) / viewers / 1024) },
        { what: 'memory of the server', unit: 'MB', value: round(rss / 2 ** 20), goal: 200 },
        { what: 'deltas lost', unit: '', value: seen.gaps + seenBusy.gaps, limit: 0 },
      ],
      details: { live, viewers, rate, seconds, alone, watched, seen, seenBusy, acksAlone, acksWatched },
    }
  } finally {
    for (const child of children) if (child.connected) child.disconnect()
    await server.stop()
  }
}

function ackFigure(rate: number, alone: Acks, watched: Acks): Figure {
  const rise = 100 * (watched.p99 / alone.p99 - 1)
  const note = `p99 ${round(alone.p99)} ms without, ${round(watched.p99)} ms with; ${Math.round(watched.points_per_second)} points/s kept`
  return { what: `ack p99 at ${rate} points/s rises by`, unit: '%', value: round(rise), limit: 10, note }
}

const round = (value: number) => Math.round(10 * value) / 10

function cpuOf(pid: number): Spent {
  const words = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return { all: cpuSeconds(pid), loop: (Number(words[11]) + Number(words[12])) / 100 }
}

function rssOf(pid: number): number {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
}

/** The next thing that a process says. */
async function said(child: ChildProcess): Promise<unknown> {
  const [word] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`a process of the bench ended with ${code}`))),
  ])
  return word
}
