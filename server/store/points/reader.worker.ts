import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../postgres.ts'
import type { RoleUrls } from '../roles.ts'
import type { Columns } from './chunks.ts'
import { readAll } from './read-all.ts'
import { type PanelQuestion, readPanel } from './read-panel.ts'
import { readStats } from './read-stats.ts'
import { pictureOf, type Question } from './snapshot.ts'

/** A read that is too large for the loop that acks. */
export type LargeRead =
  | { kind: 'panel'; workspaceIds: string[]; question: PanelQuestion }
  | { kind: 'all'; workspaceIds: string[]; question: Question }
  | { kind: 'stats'; workspaceIds: string[]; question: Question }
export type ToReader = LargeRead & { id: number }
export type FromReader = { id: number; answer: unknown } | { id: number; fault: string }

const port = parentPort
if (!port) throw new Error('reader.worker.ts is started as a worker')
const db = openDatabase(workerData as RoleUrls)

port.on('message', async (read: ToReader) => {
  try {
    port.postMessage({ id: read.id, answer: await answerTo(read) } satisfies FromReader)
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error)
    port.postMessage({ id: read.id, fault } satisfies FromReader)
  }
})

/** What lies in frames comes from the database: the hot tail is the main thread's. */
async function answerTo(read: ToReader): Promise<unknown> {
  if (read.kind === 'stats') return pictureOf(db, read.workspaceIds, tx => readStats(tx, undefined, read.question))
  if (read.kind === 'all') {
    const whole = await pictureOf(db, read.workspaceIds, tx => readAll(tx, undefined, read.question))
    return whole.map(one => ({ ...one, points: own(one.points) }))
  }
  const answer = await pictureOf(db, read.workspaceIds, tx => readPanel(tx, undefined, read.question))
  return { ...answer, series: answer.series.map(one => ({ ...one, points: own(one.points) })) }
}

/** A view travels with all that lies beside it. */
const own = ({ steps, times, values }: Columns): Columns => ({
  steps: steps.slice(),
  times: times.slice(),
  values: values.slice(),
})
