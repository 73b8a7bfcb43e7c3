import type { Log } from '../log.ts'
import { Answers, Found } from './points/answers.ts'
import type { Answer, Arrival, Committed } from './points/commit.ts'
import { findKeys, type KeysPage } from './points/find-keys.ts'
import { BusyError, GroupCommit } from './points/group.ts'
import { Pace, type SealingWord } from './points/pace.ts'
import type { PanelAnswer, PanelQuestion } from './points/panel.ts'
import { pointsFrom } from './points/pieces.ts'
import { quarantine, type Spoiled } from './points/quarantine.ts'
import { readAll, type WholeSeries } from './points/read-all.ts'
import { type PanelRead, readPanel } from './points/read-panel.ts'
import { readStats } from './points/read-stats.ts'
import type { LargeRead } from './points/reader.worker.ts'
import { LargeReads } from './points/reading.ts'
import { LARGE, pictureOf, type Question, readHeads, TooLarge } from './points/snapshot.ts'
import { GivenUp } from './points/stopping.ts'
import { Tail, TailFrame } from './points/tail.ts'
import type { Database, Tx } from './postgres.ts'

/**
 * How points are kept: the only door to the metric tables. A small log-structured store inside PostgreSQL.
 *
 * A **frame** (protocol/frame.md) arrives and is appended as it came, one row in the ring `metric_frame`, in a group commit
 * that moves its writer's mark and raises its run's cursor by one. Later a sealer takes the frames of a run in order of
 * commit, turns them into **chunks** of up to 4,096 points a series, and deletes them, in one transaction. A reader sees, in
 * one picture of the database, chunks up to `metric_head.sealed` and frames from there to `metric_head.cursor`.
 *
 * Steps are whole numbers within ±(2^53 − 1), times whole milliseconds since 1970 UTC, values float64 bits: what went in
 * comes out bit for bit. Every point is kept; of the same (series, step) the last committed is drawn. Runs are the server's
 * own numbers, writers 32 hex digits, cursors dense from 1 within a run.
 */
export interface PointsLimits {
  /** Bytes of frames waiting for their commit, of all writers together. */
  waiting: number
  /** Bytes of late frames held in memory. */
  tail: number
  /** Bytes of answers kept for the next who asks the same. */
  answers: number
  /** Bytes of level 0 on disk: senders wait when sealing falls behind. */
  level0: number
}

const defaults: PointsLimits = { waiting: 64 << 20, tail: 128 << 20, answers: 64 << 20, level0: 1 << 30 }

/** A commit that touched a run. */
export interface Doorbell {
  run: number
  workspaceId: string
  epoch: number
  cursor: number
  bytes: number
  points: number
  /** It has series that were not known to have points before. */
  fresh: boolean
}

export class Points {
  readonly #db: Database
  readonly #group: GroupCommit
  readonly #pace: Pace
  readonly #tail: Tail
  readonly #large: LargeReads
  readonly #answers: Answers
  readonly #ring: (bells: Doorbell[]) => void

  /** `ring` is called after each commit, with the runs that it touched. */
  constructor(db: Database, log: Log, ring: (bells: Doorbell[]) => void, limits: Partial<PointsLimits> = {}) {
    const { waiting, tail, answers, level0 } = { ...defaults, ...limits }
    this.#db = db
    this.#tail = new Tail(tail)
    this.#answers = new Answers(answers)
    this.#large = new LargeReads(db.urls)
    this.#ring = ring
    this.#pace = new Pace(level0)
    this.#group = new GroupCommit(db, log, { bytesMax: waiting, pace: this.#pace }, (done, group) =>
      this.#committed(done, group),
    )
  }

  /** Durable when it settles. Throws BusyError where nothing, or nobody knows what, was kept. */
  append(arrival: Arrival): Promise<Answer> {
    return this.#group.add(arrival)
  }

  /** How the sealer gets on: when level 0 fills up, frames are taken at its pace. */
  toldOfSealing(word: SealingWord): void {
    this.#pace.told(word)
  }

  /** Sets aside a frame that cannot be read. */
  quarantine(spoiled: Spoiled, reason: string): Promise<Answer> {
    return this.#db.inWorkspace(spoiled.workspaceId, tx => quarantine(tx, spoiled, reason))
  }

  /**
   * What a chart draws: every point of its window where few, else those that M4 picks. Answers are kept by (generation, last
   * commit) of each series. Throws GivenUp soon after `signal`.
   */
  async readPanel(workspaceIds: string[], question: PanelQuestion, signal?: AbortSignal): Promise<PanelAnswer> {
    const found = new Found(this.#answers)
    const check = () => {
      if (signal?.aborted) throw new GivenUp('the asker has gone')
    }
    const place = this.#large.place()
    const read = () =>
      this.#read(workspaceIds, tx => {
        const lanes = async () => (place.take() ? this.#large.lanesOf(tx, workspaceIds, signal) : undefined)
        return readPanel(tx, this.#tail, question, found, { most: LARGE, lanes, check })
      })
    let answer: PanelRead
    try {
      answer = await read()
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error
      const large = { kind: 'panel' as const, workspaceIds, question, told: found.told() }
      if (typeof question.x === 'object') answer = await this.#large.ask(large, signal)
      else answer = await place.wait().then(read)
    } finally {
      place.leave()
    }
    return found.complete(answer, question.starts, typeof question.x === 'object')
  }

  /** Every point, revised ones too, in order of commit. */
  readAll(workspaceIds: string[], question: Question): Promise<WholeSeries[]> {
    return this.#readOrAsk({ kind: 'all', workspaceIds, question }, tx => readAll(tx, this.#tail, question, LARGE))
  }

  /** Which series there are, with statistics up to the last commit. */
  readStats(workspaceIds: string[], question: Question) {
    return this.#readOrAsk({ kind: 'stats', workspaceIds, question }, tx => readStats(tx, this.#tail, question, LARGE))
  }

  /** Names of keys, page by page. */
  findKeys(workspaceIds: string[], page: KeysPage): Promise<string[]> {
    return this.#db.inWorkspace(workspaceIds, tx => findKeys(tx, page))
  }

  readHeads(workspaceIds: string[], runs: number[]) {
    return this.#read(workspaceIds, tx => readHeads(tx, runs))
  }

  /** Frames of a run committed at cursors in (from, to]; undefined where memory does not reach back so far. */
  since(run: number, epoch: number, from: number, to: number): TailFrame[] | undefined {
    return this.#tail.between(run, epoch, from, to)
  }

  /** The cursor up to which `since` can answer. */
  latest(run: number): { epoch: number; cursor: number } | undefined {
    return this.#tail.upto(run)
  }

  /** Settles when all frames taken so far are committed or refused. */
  drained(): Promise<void> {
    return this.#group.drained()
  }

  /** Drops what is held in memory, as a restart does. */
  forget(run: number): void {
    this.#tail.drop(run)
  }

  #read<T>(workspaceIds: string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return pictureOf(this.#db, workspaceIds, work)
  }

  /** Here with the hot tail at hand, or, where it is large, in a thread of its own. */
  async #readOrAsk<T>(read: LargeRead, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.#read(read.workspaceIds, work)
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error
      return this.#large.ask<T>(read)
    }
  }

  #committed({ kept, fresh }: Committed, group: Arrival[]): void {
    const workspaces = new Map(group.map(({ run, workspaceId }) => [run, workspaceId]))
    const bells = new Map<number, Doorbell>()
    const grown = new Set(fresh.map(({ run }) => run))
    const frames = new Map<number, TailFrame[]>()
    for (const { run, epoch, cursor, no, writer, firstSeq, frame, bytes } of kept) {
      const bell = bells.get(run) ?? {
        run,
        workspaceId: workspaces.get(run) as string,
        epoch,
        cursor,
        bytes: 0,
        points: 0,
        fresh: grown.has(run),
      }
      bell.bytes += bytes
      bell.points += pointsFrom(frame, firstSeq)
      bells.set(run, bell)
      const list = frames.get(run) ?? []
      list.push(new TailFrame(cursor, no, writer, firstSeq, frame))
      frames.set(run, list)
    }
    for (const { run, epoch, cursor } of bells.values()) this.#tail.append(run, epoch, cursor, frames.get(run) ?? [])
    if (bells.size > 0) this.#ring([...bells.values()])
  }
}

export { checkInvariants, type Finding, metricBytes } from './points/doctor.ts'
export { type Labels, labelSetOf, seriesName } from './points/labels.ts'
export type { PanelX, SeriesAnswer } from './points/panel.ts'
export { listDeleted, purgeRun } from './points/purge.ts'
export { type Sealing, startSealing } from './points/sealing.ts'
export type { StoredSeries } from './points/series-rows.ts'
export type { SeriesStats } from './points/series-stats.ts'
export * from './points/writers.ts'
export { vacuumMetrics } from './vacuum.ts'
export type { Answer, Arrival, PanelAnswer, PanelQuestion, Question, Spoiled, TailFrame, WholeSeries }
export { BusyError }
