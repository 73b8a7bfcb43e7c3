import { parentPort, workerData } from 'node:worker_threads'
import { isDomainError } from '../../errors.ts'
import { openDatabase } from '../postgres.ts'
import type { RoleUrls } from '../roles.ts'
import type { Window } from './choose.ts'
import type { Columns } from './chunks.ts'
import { type DrawPart, drawPart, type LoadPart, loadPart } from './lanes.ts'
import type { PanelQuestion } from './panel.ts'
import { readAll } from './read-all.ts'
import { readPanel } from './read-panel.ts'
import { readStats } from './read-stats.ts'
import { pictureOf, type Question } from './snapshot.ts'
import { checkOf, type Flag, GivenUp } from './stopping.ts'

/** What the asking thread has kept: names of what was drawn, extents by identity. */
interface Told {
  names: Set<string>
  extents: Map<string, Window | null>
}

/** A read that is too large for the loop that acks. */
export type LargeRead =
  | { kind: 'panel'; workspaceIds: string[]; question: PanelQuestion; told: Told }
  | { kind: 'draw'; workspaceIds: string[]; snapshot: string; part: DrawPart }
  | { kind: 'load'; workspaceIds: string[]; snapshot: string; part: LoadPart }
  | { kind: 'all'; workspaceIds: string[]; question: Question }
  | { kind: 'stats'; workspaceIds: string[]; question: Question }
export type ToReader = LargeRead & { id: number; flag: Flag }
export type Fault = { code: 'LIMIT' | 'GIVEN_UP' | 'INTERNAL'; message: string }
export type FromReader = { id: number; answer: unknown } | { id: number; fault: Fault }

const port = parentPort
if (!port) throw new Error('reader.worker.ts is started as a worker')
const db = openDatabase(workerData as RoleUrls)

port.on('message', async (read: ToReader) => {
  try {
    const { answer, buffers } = await answerTo(read)
    port.postMessage({ id: read.id, answer } satisfies FromReader, buffers)
  } catch (error) {
    port.postMessage({ id: read.id, fault: faultOf(error) } satisfies FromReader)
  }
})

function faultOf(error: unknown): Fault {
  if (error instanceof GivenUp) return { code: 'GIVEN_UP', message: error.message }
  if (isDomainError(error) && error.code === 'LIMIT') return { code: 'LIMIT', message: error.message }
  return { code: 'INTERNAL', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

/** What lies in frames comes from the database: the hot tail is the main thread's. Large columns move, they are not copied. */
async function answerTo(read: ToReader): Promise<{ answer: unknown; buffers: ArrayBuffer[] }> {
  const check = checkOf(read.flag)
  check()
  if (read.kind === 'draw') {
    const { workspaceIds, snapshot, part } = read
    const answer = await db.inWorkspace(workspaceIds, tx => drawPart(tx, part, check), { snapshot })
    return { answer, buffers: answer.map(({ body }) => body.buffer as ArrayBuffer) }
  }
  if (read.kind === 'load') {
    const { workspaceIds, snapshot, part } = read
    const { points, dropped } = await db.inWorkspace(workspaceIds, tx => loadPart(tx, part, check), { snapshot })
    const answer = { points: points.map(own), dropped }
    return { answer, buffers: answer.points.flatMap(columns => Object.values(columns).map(({ buffer }) => buffer)) }
  }
  if (read.kind === 'stats')
    return {
      answer: await pictureOf(db, read.workspaceIds, tx => readStats(tx, undefined, read.question)),
      buffers: [],
    }
  if (read.kind === 'all') {
    const whole = await pictureOf(db, read.workspaceIds, tx => readAll(tx, undefined, read.question))
    const answer = whole.map(one => ({ ...one, points: own(one.points) }))
    return { answer, buffers: answer.flatMap(({ points }) => Object.values(points).map(column => column.buffer)) }
  }
  const { names, extents } = read.told
  const known = { has: (name: string) => names.has(name), extentOf: (identity: string) => extents.get(identity) }
  const answer = await pictureOf(db, read.workspaceIds, tx => readPanel(tx, undefined, read.question, known, { check }))
  const buffers = answer.series.flatMap(({ drawn }) => (drawn ? [drawn.body.buffer as ArrayBuffer] : []))
  return { answer, buffers }
}

/** A view travels with all that lies beside it. */
const own = ({ steps, times, values }: Columns) => ({
  steps: steps.slice(),
  times: times.slice(),
  values: values.slice(),
})
