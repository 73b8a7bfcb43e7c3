import type { Frame } from '../../../protocol/frame.ts'
import type { Labels } from './labels.ts'
import { type Piece, piecesOf } from './pieces.ts'

export interface WriterRef {
  no: number
  labels: Labels
  labelSet: string
  kind: string
}

/** A committed frame, unpacked. Points of its body below `firstSeq` were kept before. */
export class TailFrame {
  readonly cursor: number
  readonly no: number
  readonly writer: WriterRef
  readonly firstSeq: number
  readonly frame: Frame
  /** About what it takes in memory. */
  readonly bytes: number
  #pieces: Map<string, Piece> | undefined

  constructor(cursor: number, no: number, writer: WriterRef, firstSeq: number, frame: Frame) {
    this.cursor = cursor
    this.no = no
    this.writer = writer
    this.firstSeq = firstSeq
    this.frame = frame
    this.bytes = frame.shapes.reduce((sum, { steps, keys }) => sum + 8 * steps.length * (2 + keys.length), 512)
  }

  get pieces(): Map<string, Piece> {
    this.#pieces ??= new Map(piecesOf(this.frame, this.firstSeq).map(piece => [piece.key, piece]))
    return this.#pieces
  }
}

interface RunTail {
  epoch: number
  /** All frames with cursors in (floor, upto] are here. */
  floor: number
  upto: number
  frames: TailFrame[]
}

/**
 * The hot tail: frames of late commits in memory, of all runs within one budget of bytes; the oldest go first. A hole in
 * the cursors (another node's commit, a commit whose answer was lost) begins the run's tail anew behind it.
 */
export class Tail {
  readonly #budget: number
  readonly #runs = new Map<number, RunTail>()
  /** In order of commit, over all runs. */
  #queue: { run: number; cursor: number; bytes: number }[] = []
  #head = 0
  #bytes = 0

  constructor(budget: number) {
    this.#budget = budget
  }

  get bytes(): number {
    return this.#bytes
  }

  append(run: number, epoch: number, cursor: number, frames: TailFrame[]): void {
    let tail = this.#runs.get(run)
    if (!tail || tail.epoch !== epoch || tail.upto !== cursor - 1) {
      this.drop(run)
      tail = { epoch, floor: cursor - 1, upto: cursor - 1, frames: [] }
      this.#runs.set(run, tail)
    }
    tail.frames.push(...frames)
    tail.upto = cursor
    const bytes = frames.reduce((sum, frame) => sum + frame.bytes, 0)
    this.#queue.push({ run, cursor, bytes })
    this.#bytes += bytes
    while (this.#bytes > this.#budget && this.#head < this.#queue.length) this.#evict()
  }

  /** Frames with cursors in (from, to]; undefined where not all of them are here. */
  between(run: number, epoch: number, from: number, to: number): TailFrame[] | undefined {
    if (from >= to) return []
    const tail = this.#runs.get(run)
    if (!tail || tail.epoch !== epoch || tail.floor > from || tail.upto < to) return undefined
    let start = tail.frames.length
    while (start > 0 && (tail.frames[start - 1] as TailFrame).cursor > from) start--
    let end = tail.frames.length
    while (end > start && (tail.frames[end - 1] as TailFrame).cursor > to) end--
    return tail.frames.slice(start, end)
  }

  upto(run: number): { epoch: number; cursor: number } | undefined {
    const tail = this.#runs.get(run)
    return tail && { epoch: tail.epoch, cursor: tail.upto }
  }

  drop(run: number): void {
    const tail = this.#runs.get(run)
    if (!tail) return
    this.#runs.delete(run)
    for (const frame of tail.frames) this.#bytes -= frame.bytes
  }

  #evict(): void {
    const { run, cursor } = this.#queue[this.#head++] as { run: number; cursor: number }
    if (this.#head > 10_000) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    const tail = this.#runs.get(run)
    if (!tail || cursor <= tail.floor) return
    const keep = tail.frames.findIndex(frame => frame.cursor > cursor)
    const gone = tail.frames.splice(0, keep < 0 ? tail.frames.length : keep)
    for (const frame of gone) this.#bytes -= frame.bytes
    tail.floor = Math.min(cursor, tail.upto)
    if (tail.frames.length === 0) this.#runs.delete(run)
  }
}
