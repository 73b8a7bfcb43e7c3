import type { Socket } from 'socket.io'
import type { z } from 'zod'
import { watchBody } from '../../../protocol/live.schema.ts'
import type { Changed, LiveAck, RunCursor } from '../../../protocol/live.ts'
import type { Actor } from '../../actor.ts'
import { type Watched, watchRuns } from '../../domain/metrics/index.ts'
import { seeProject } from '../../domain/projects/index.ts'
import { isDomainError } from '../../errors.ts'
import type { House } from '../../house.ts'
import { contextFor } from '../auth/index.ts'
import { Inbox } from '../inbox.ts'
import type { DeltaCache } from './delta-cache.ts'
import type { Line } from './line.ts'

/** After a quiet spell the first delta goes at once, the next one this much later at the earliest. */
const APART_MS = 100
/**
 * For each of a crowd the first delta waits this much, for what its trainings commit within moments: 500 viewers of ten ranks
 * got 8 deltas a second of what was logged 5 times a second. One viewer waits for nothing.
 */
const CROWD_MS = 0.05
const CROWD_MS_MAX = 30
/** Of one project; when a viewer is owed more, it is told to look at all of its runs. */
const OWED_MAX = 100
/** Each watch is a question to the database: one socket must not take all its connections. */
const UNANSWERED_MAX = 4

type WatchBody = z.output<typeof watchBody>
type Told = { runs: RunCursor[] }

/** What all viewers share. */
export interface Room {
  house: House
  deltas: DeltaCache
  line: Line
  /** How many viewers there are. */
  crowd: () => number
}

/** One browser's socket: what it watches, up to where it was told, and whether it has taken the last delta. */
export class Viewer {
  readonly actor: Actor
  readonly #house: House
  readonly #socket: Socket
  readonly #deltas: DeltaCache
  readonly #line: Line
  readonly #crowd: () => number
  readonly #projects = new Set<string>()
  readonly #runs = new Map<number, Watched>()
  readonly #due = new Set<number>()
  /** Changes that this socket could not take yet, each once. */
  readonly #owed = new Map<string, Changed>()
  #untaken = false
  #sent = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor({ house, deltas, line, crowd }: Room, socket: Socket, actor: Actor) {
    this.#house = house
    this.#deltas = deltas
    this.#line = line
    this.#crowd = crowd
    this.#socket = socket
    this.actor = actor
    const inbox = new Inbox(socket, UNANSWERED_MAX)
    const on = (event: string, act: (body: WatchBody) => Promise<object>) =>
      socket.on(event, (body, reply) => inbox.put(() => this.#answer(body, reply, act)))
    on('watch', body => this.#watch(body))
    on('unwatch', async body => this.#unwatch(body))
    socket.conn.on('drain', () => this.#pay())
  }

  /** Points of these runs were committed. */
  ring(runs: number[]): void {
    for (const run of runs) if (this.#runs.has(run)) this.#due.add(run)
    this.#schedule()
  }

  tell(changed: Changed): void {
    if (!this.#projects.has(changed.project)) return
    this.#owed.set(JSON.stringify(changed), changed)
    if (this.#owed.size > OWED_MAX) this.#owe({ project: changed.project, what: 'runs' })
    this.#pay()
  }

  /** One word for all that is owed of a project. */
  #owe(all: Changed): void {
    for (const [name, { project }] of this.#owed) if (project === all.project) this.#owed.delete(name)
    this.#owed.set(JSON.stringify(all), all)
  }

  /** While the socket has not passed on what it was given, it is given no more: a slow viewer fills no memory. */
  #pay(): void {
    const { conn } = this.#socket
    for (const [name, changed] of this.#owed) {
      if (!conn.transport?.writable) return
      this.#owed.delete(name)
      this.#socket.emit('changed', changed)
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#runs.clear()
    this.#projects.clear()
    this.#due.clear()
    this.#owed.clear()
  }

  async #answer(body: unknown, reply: unknown, act: (body: WatchBody) => Promise<object>): Promise<boolean> {
    const answer = await this.#tried(body, act)
    if (typeof reply === 'function') (reply as (answer: LiveAck<object>) => void)(answer)
    return answer.ok
  }

  async #tried(body: unknown, act: (body: WatchBody) => Promise<object>): Promise<LiveAck<object>> {
    const read = watchBody.safeParse(body)
    if (!read.success) return { ok: false, error: { code: 'INVALID', message: 'This cannot be read' } }
    try {
      return { ok: true, ...(await act(read.data)) }
    } catch (error) {
      if (isDomainError(error)) return { ok: false, error: { code: error.code, message: error.message } }
      this.#house.log.error({ error }, 'a viewer could not be answered')
      return { ok: false, error: { code: 'INTERNAL', message: 'The server cannot answer now' } }
    }
  }

  async #watch({ project, runs = [] }: WatchBody): Promise<Told> {
    const ctx = contextFor(this.#house, this.actor, { headers: this.#socket.handshake.headers })
    if (project !== undefined) this.#projects.add((await seeProject(ctx, project)).id)
    const watched = await watchRuns(ctx, runs.map(BigInt))
    // A run that is watched already goes on from where this socket was told.
    for (const one of watched) if (!this.#runs.has(one.run)) this.#runs.set(one.run, one)
    this.ring(watched.map(({ run }) => run))
    return { runs: watched.map(({ run }) => told(this.#runs.get(run) as Watched)) }
  }

  #unwatch({ project, runs = [] }: WatchBody): object {
    if (project !== undefined) this.#projects.delete(project)
    for (const run of runs) this.#runs.delete(Number(run))
    return {}
  }

  #schedule(): void {
    if (this.#due.size === 0 || this.#untaken || this.#timer) return
    const crowd = Math.min(CROWD_MS_MAX, CROWD_MS * this.#crowd())
    const wait = Math.max(crowd, this.#sent + APART_MS - performance.now())
    // Never in the stack of the commit that rang.
    this.#timer = setTimeout(() => {
      this.#line.stand(() => {
        this.#timer = undefined
        this.#send()
      })
    }, wait)
  }

  #send(): void {
    const parts: Uint8Array[] = []
    for (const run of this.#due) {
      const at = this.#runs.get(run)
      const lack = at && this.#deltas.get(run, at.epoch, at.cursor)
      if (!at || !lack) continue
      if ('behind' in lack) {
        Object.assign(at, lack.behind)
        this.#socket.emit('behind', told(at))
      } else {
        at.cursor = lack.to
        parts.push(lack.bytes)
      }
    }
    this.#due.clear()
    if (parts.length === 0) return
    this.#sent = performance.now()
    this.#untaken = true
    this.#socket.emit('delta', together(parts), () => {
      this.#untaken = false
      this.#schedule()
    })
  }
}

/** One run's bytes go out as they lie in the cache, for all its viewers. */
function together(parts: Uint8Array[]): Uint8Array {
  const [only] = parts
  return only && parts.length === 1 ? only : Buffer.concat(parts)
}

const told = ({ run, epoch, cursor }: Watched): RunCursor => ({ run: String(run), epoch, cursor })
