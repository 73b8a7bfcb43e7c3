import { join } from 'node:path'
import {
  type FrameAck,
  type IngestError,
  META_BYTES_MAX,
  type MetaItem,
  type OpenAck,
} from '../../../protocol/ingest.ts'
import type { JournalHeader } from '../../../protocol/journal.ts'
import { readJson, replaceJson } from './folder.ts'
import { ITEM_BYTES_MAX, type Meta, Outbox, type Sent, tooLarge } from './outbox.ts'
import { type Ack, DONE, GONE, INVALID, KEY, NO, NO_ACK, readAck, STOP, writeAck } from './receipt.ts'
import type { Answer, Connection } from './transport.ts'

const TRY_AGAIN_MS = 10_000

/** Words of the server, or of the agent's own: `NO_KEY`. */
type Said = { code: string; message: string }

/** Brings one writer's journal to the server: opens, sends frames and meta, and keeps the mark in the ack file. */
export class Delivery {
  readonly folder: string
  readonly header: JournalHeader
  readonly ack: Ack
  connection: Connection | null = null
  /** Its process may still write. */
  alive = true
  /** Its own `finish` or `died` was read. */
  ended = false
  /** The death of its process was journaled by the agent. */
  endTold = false
  opened = false
  /** What the server last said no to. */
  problem: string | null = null
  readonly #reportDeath: (delivery: Delivery) => void
  #words: Record<string, unknown> | null = null
  #outbox: Outbox | null = null
  #epoch = -1
  #opening = false
  #metaFlying = false
  #asking = false
  #resending = false
  #holdUntil = 0

  constructor(folder: string, header: JournalHeader, reportDeath: (delivery: Delivery) => void) {
    this.folder = folder
    this.header = header
    const known = readAck(join(folder, `${header.writer}.ack`)) ?? NO_ACK
    this.ack = { ...known, flags: known.flags & (DONE | STOP) }
    this.#reportDeath = reportDeath
  }

  get writer(): string {
    return this.header.writer
  }

  get isUser(): boolean {
    return this.header.kind === 'user'
  }

  /** Nothing is left to do, or nothing may be. */
  get settled(): boolean {
    return (this.ack.flags & (DONE | GONE | NO)) !== 0
  }

  /** Everything that the journal holds is acked. */
  get caughtUp(): boolean {
    return this.#outbox?.isEmpty ?? false
  }

  /** Does what can be done now, and never waits. True where something moved. */
  pump(now: number): boolean {
    const { connection } = this
    if (!connection || this.settled) return false
    if (!connection.up) {
      if (connection.refused && (this.ack.flags & KEY) === 0) this.refuseKey(connection.refused)
      return false
    }
    if (connection.epoch !== this.#epoch) this.#forgetSocket(connection.epoch)
    if (now < this.#holdUntil) return false
    if (!this.opened || !this.#outbox) return this.#open(connection)
    const read = this.#outbox.fill(!this.alive, now)
    const sent = this.#sendFrames(connection, this.#outbox)
    const told = this.#sendMeta(connection, this.#outbox)
    return this.#conclude(connection) || read || sent || told
  }

  #forgetSocket(epoch: number): void {
    this.#epoch = epoch
    this.opened = this.#opening = this.#metaFlying = this.#asking = this.#resending = false
    for (const frame of this.#outbox?.frames ?? []) frame.flying = false
  }

  #open(connection: Connection): boolean {
    if (this.#opening) return false
    this.#opening = true
    const { start, workspace } = this.header
    this.#words ??= readJson(join(this.folder, `${this.writer}.json`))
    // with another key, too, it stays where it is
    const known = workspace ?? (this.#words?.workspace as string | undefined) ?? null
    connection.send('open', { ...this.header, workspace: known, created: start }, answer => {
      this.#opening = false
      if (answer.ok) this.#opened(answer)
      else this.#trouble(answer.error, true)
    })
    return true
  }

  #opened({ upto, meta, run }: OpenAck): void {
    this.opened = true
    if (!this.#outbox || upto < this.ack.upto || meta < this.ack.meta) this.#beginAt(upto, meta)
    this.ack.flags &= ~KEY
    this.ack.meta = Math.max(meta, this.ack.meta)
    this.#outbox?.metaAcked(this.ack.meta)
    const { url, workspace, project, name } = run
    this.#say({ base_url: this.header.base_url, url, workspace, project, name }, null)
    this.#mark(upto)
  }

  #beginAt(upto: number, meta: number): void {
    this.#outbox?.close()
    this.ack.upto = upto
    this.ack.meta = meta
    this.#outbox = new Outbox(this.folder, this.writer, upto, meta)
  }

  #sendFrames(connection: Connection, outbox: Outbox): boolean {
    if (this.#resending && outbox.frames.some(frame => frame.flying)) return false
    this.#resending = false
    let moved = false
    for (const frame of outbox.frames) {
      if (frame.flying) continue
      if (!connection.hasRoom) break
      frame.flying = moved = true
      connection.framesOut++
      connection.send('frame', frame.body, answer => this.#frameAnswered(frame, answer))
    }
    return moved
  }

  #frameAnswered(frame: Sent, answer: Answer<'frame'>): void {
    frame.flying = false
    if (this.connection) this.connection.framesOut--
    if (answer.ok) {
      this.#mark((answer satisfies FrameAck).upto)
      return
    }
    const { error } = answer
    if (error.code === 'INVALID' && error.skip) {
      this.ack.flags |= INVALID
      this.#say({}, error)
      this.#mark(error.upto ?? frame.last)
      return
    }
    this.#resending = true
    if (error.code !== 'RESEND') this.#trouble(error)
    else if (error.from !== undefined && error.from <= this.ack.upto) this.#beginAt(error.from - 1, this.ack.meta)
    else this.#mark((error.from ?? 0) - 1)
  }

  #mark(upto: number): void {
    this.ack.upto = Math.max(this.ack.upto, upto)
    this.#outbox?.acked(this.ack.upto)
    this.#publish()
  }

  #sendMeta(connection: Connection, outbox: Outbox): boolean {
    if (this.#metaFlying || outbox.metas.length === 0) return false
    const items = this.#batch(outbox)
    if (items.length === 0) return false
    this.#metaFlying = true
    const first = (outbox.metas[0] as Meta).ordinal
    connection.send('meta', { writer: this.writer, first, items }, answer => {
      this.#metaFlying = false
      if (answer.ok) {
        this.ack.meta = Math.max(this.ack.meta, answer.meta)
        this.#outbox?.metaAcked(this.ack.meta)
        this.#publish()
      } else if (answer.error.code === 'RESEND') this.#beginAt(this.ack.upto, (answer.error.from ?? 0) - 1)
      else this.#trouble(answer.error)
    })
    return true
  }

  #batch(outbox: Outbox): MetaItem[] {
    const items: MetaItem[] = []
    let bytes = 0
    for (const { item } of outbox.metas) {
      const last = item.k === 'finish' || (item.k === 'died' && item.writer === this.writer)
      this.ended ||= last
      // What tells of the end goes when all points are with the server: a point would make the run live again.
      if (last && outbox.hasPoints) break
      const length = Buffer.byteLength(JSON.stringify(item))
      if (items.length > 0 && bytes + length > META_BYTES_MAX) break
      items.push(length > ITEM_BYTES_MAX ? tooLarge(item, length) : item)
      bytes += length
    }
    return items
  }

  /** When all is acked and nothing more can come: the death is told, then the receipt is asked for. */
  #conclude(connection: Connection): boolean {
    if (this.#asking || !this.caughtUp || (this.alive && !this.ended)) return false
    if (!this.ended && this.isUser && !this.endTold) {
      this.endTold = true
      this.#reportDeath(this)
      return true
    }
    this.#asking = true
    connection.send('receipt', { writer: this.writer }, answer => {
      this.#asking = false
      if (!answer.ok) {
        this.#trouble(answer.error)
        return
      }
      const { stored, refused, upto } = answer
      Object.assign(this.ack, {
        stored,
        refused,
        upto: Math.max(upto, this.ack.upto),
        flags: (this.ack.flags & ~KEY) | DONE,
      })
      this.#publish()
      this.#outbox?.close()
    })
    return true
  }

  /** Something here went wrong: tried again later. */
  failed(error: unknown, now: number): void {
    this.problem = String(error)
    this.#holdUntil = now + TRY_AGAIN_MS
  }

  stopAsked(): void {
    if ((this.ack.flags & STOP) !== 0) return
    this.ack.flags |= STOP
    this.#publish()
  }

  /** The journal stays, and waits for another key. */
  refuseKey(error: Said): void {
    this.problem = error.message
    if ((this.ack.flags & KEY) === 0) {
      this.ack.flags |= KEY
      this.#publish()
    }
    this.#say({}, error)
  }

  #trouble(error: IngestError, opening = false): void {
    const { code, message } = error
    if (code === 'NOT_OPEN') {
      this.opened = false
      return
    }
    const wait = code === 'BUSY' ? (error.retry_after_ms ?? 1000) : TRY_AGAIN_MS
    this.#holdUntil = performance.now() + wait * (1 + Math.random() / 4)
    if (code === 'BUSY') return
    this.problem = message
    if (code === 'GONE') this.ack.flags |= GONE
    else if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') this.ack.flags |= KEY
    else if (opening && this.header.condition && (code === 'CONFLICT' || code === 'NOT_FOUND')) this.ack.flags |= NO
    this.#say({}, error)
    this.#publish()
  }

  #publish(): void {
    this.ack.answered = Date.now()
    try {
      writeAck(join(this.folder, `${this.writer}.ack`), this.ack)
    } catch (error) {
      this.problem = String(error)
    }
  }

  #say(words: Record<string, unknown>, error: Said | null): void {
    const path = join(this.folder, `${this.writer}.json`)
    const before = this.#words ?? readJson(path) ?? {}
    const said = {
      ...before,
      run: this.header.run,
      ...words,
      error: error && { code: error.code, message: error.message },
    }
    this.#words = said
    if (JSON.stringify(said) === JSON.stringify(before)) return
    try {
      replaceJson(path, said)
    } catch (problem) {
      this.problem = String(problem)
    }
  }
}
