import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Delta } from '@/protocol/delta'
import type { SeriesHeld } from '@/protocol/series.schema'
import { byStep } from '@/series/append'
import type { Frame } from '@/series/frame'
import type { Asker, PanelQuestion } from './ask-series'
import type { RunWatcher } from './live-client'
import { SeriesFeed } from './series-feed'

const RUN = '7'
const KEY = 'loss'
type Point = { step: number; value: number }

/** A server of one run and one key: what was committed at each cursor, and one viewer who has been sent some of it. */
class Server {
  epoch = 0
  commits: Point[][] = []
  sent: number | null = null
  watcher: RunWatcher | null = null
  asked: { held: SeriesHeld | undefined; asker: Asker; open: boolean; tell?: () => void }[] = []
  line = true

  get cursor() {
    return this.commits.length
  }

  live = {
    watchRun: (_run: string, watcher: RunWatcher) => {
      this.watcher = watcher
      return () => {
        this.watcher = null
      }
    },
  }

  ask = (question: PanelQuestion, asker: Asker) => {
    const asked = { held: question.held?.[0], asker, open: true }
    this.asked.push(asked)
    return () => {
      asked.open = false
    }
  }

  join() {
    if (!this.line || this.sent !== null) return
    this.sent = this.cursor
    this.watcher?.joined({ run: RUN, epoch: this.epoch, cursor: this.cursor })
  }

  deliver() {
    if (!this.line || this.sent === null || this.sent === this.cursor) return
    const points = frameOf(this.commits.slice(this.sent).flat())
    const delta: Delta = {
      run: RUN,
      epoch: this.epoch,
      from: this.sent,
      to: this.cursor,
      series: [{ key: KEY, labels: {}, points }],
    }
    this.sent = this.cursor
    this.watcher?.delta(delta)
  }

  /** Every point changes its value; a viewer who is there is told. */
  rewrite() {
    this.epoch++
    this.commits = this.commits.map(points => points.map(({ step, value }) => ({ step, value: value + 1000 })))
    if (this.line && this.sent !== null) {
      this.sent = this.cursor
      const head = { run: RUN, epoch: this.epoch, cursor: this.cursor }
      if (this.cursor % 2) this.watcher?.behind(head)
      else this.watcher?.delta({ ...head, from: this.cursor, to: this.cursor, series: [] })
    }
  }

  cut() {
    this.line = false
    this.sent = null
    const lost = this.asked
    this.asked = []
    for (const { asker, open } of lost) if (open) asker.failed({ message: 'cut' })
  }

  mend() {
    this.line = true
    this.join()
  }

  /** Takes the snapshot of the oldest question that has none; its answer is still on the way. */
  read() {
    const asked = this.asked.find(each => !each.tell)
    if (!asked) return
    const { held, asker } = asked
    const tail = held !== undefined && held.epoch === this.epoch
    const points = frameOf(this.commits.slice(tail ? held.cursor : 0).flat())
    const shown = tail ? points : byStep(points)
    const head = headOf(this, tail, shown)
    const some = this.cursor > 0
    asked.tell = () => {
      if (some) asker.series({ head, points: shown })
      asker.end({ part: 'end', id: 'p', runs: [{ run: RUN, epoch: head.epoch, cursor: head.cursor }] })
    }
  }

  answer() {
    if (!this.asked[0]?.tell) return
    const asked = this.asked.shift()
    if (asked?.open) asked.tell?.()
  }
}

const frameOf = (points: Point[]): Frame => ({
  steps: Float64Array.from(points, p => p.step),
  times: Float64Array.from(points, p => p.step),
  values: Float64Array.from(points, p => p.value),
})

function headOf(server: Server, tail: boolean, points: Frame) {
  const n = points.steps.length
  return {
    ...{ part: 'series' as const, id: 'p', run: RUN, key: KEY, labels: {}, kind: 'user' as const },
    ...{
      epoch: server.epoch,
      generation: 0,
      cursor: server.cursor,
      n,
      total: n,
      every: true,
      exact: true,
      xs: false,
      cut: null,
    },
    ...{ state: tail ? (n === 0 ? ('same' as const) : ('tail' as const)) : ('full' as const), domain: null, start: 0 },
    stats: { count: n, nonFinite: 0, sum: 0, first: null, last: null, min: null, max: null, lastTime: null },
  }
}

const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.record({ step: fc.nat(20), value: fc.integer({ min: 1, max: 99 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
  },
  { weight: 8, arbitrary: fc.constantFrom('join', 'deliver', 'read', 'answer', 'rewrite', 'cut', 'mend') },
)

test('whatever is cut, rewritten, resent or late, the drawn points end as the server has them', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), acts => {
      const server = new Server()
      const feed = new SeriesFeed({ runs: [RUN], keys: [KEY], x: 'step', width: 100 }, server, () => {})
      feed.open()
      for (const each of acts) {
        if (typeof each === 'string') server[each as 'join']()
        else server.commits.push(each)
      }
      server.mend()
      for (let i = 0; i < 20 && (server.asked.length > 0 || server.sent !== server.cursor); i++) {
        server.deliver()
        server.read()
        server.answer()
      }
      feed.close()
      const drawn = feed.state.series[0]?.points ?? frameOf([])
      const wanted = byStep(frameOf(server.commits.flat()))
      expect([[...drawn.steps], [...drawn.values]]).toEqual([[...wanted.steps], [...wanted.values]])
      expect(feed.state.failure).toBeNull()
    }),
    { numRuns: 1000 },
  )
})

test('reading waits for no room; what came before the room was joined is read, and nothing twice', () => {
  const server = new Server()
  const feed = new SeriesFeed({ runs: [RUN], keys: [KEY], x: 'step', width: 100 }, server, () => {})
  feed.open()
  server.read()
  server.commits.push([{ step: 1, value: 5 }])
  server.join()
  server.answer()
  expect(server.asked).toHaveLength(1)
  server.read()
  server.answer()
  expect(feed.state.series.map(({ points }) => [...points.values])).toEqual([[5]])
  expect(server.asked).toHaveLength(0)
  feed.close()
})

test('a question without runs is answered without asking', () => {
  const server = new Server()
  const feed = new SeriesFeed({ runs: [], keys: [KEY], x: 'step', width: 100 }, server, () => {})
  feed.open()
  expect(feed.state.read).toBe(true)
  expect(server.asked).toHaveLength(0)
})
