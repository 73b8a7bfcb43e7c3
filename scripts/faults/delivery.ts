import { randomBytes } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { framesOf, type PointsRecord } from '../../protocol/frame-builder.ts'
import type { Ack, FrameAck, OpenAck } from '../../protocol/ingest.ts'

export interface Logged {
  step: number
  time: number
  values: number[]
}

const odd = [-0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 0.1 + 0.2]
const IN_FLIGHT = 6

/** A writer with its journal in memory, which delivers it as an agent does: from the mark on, with cuts as they fall. */
export class Delivery {
  readonly writer = randomBytes(16).toString('hex')
  readonly keys: string[]
  readonly journal: Logged[] = []
  readonly run: string
  readonly rank: string
  /** Last seq that the server said is durable. */
  acked = -1
  /** Marks that went back: points that were acked and lost. */
  readonly lost: string[] = []
  /** Reconnects after which sent points were missing, and after which points were there whose ack never came. */
  resent = 0
  unheard = 0
  /** Frames that were told to wait, because the database was away. */
  busy = 0
  /** Called when a frame has left and its ack has not come. */
  onSent: (() => void) | undefined
  readonly #socket: Socket
  #next = 0
  #sent = -1
  #unanswered = 0
  #open = false

  constructor(url: string, key: string, run: string, rank: number) {
    this.run = run
    this.rank = String(rank)
    this.keys = Array.from({ length: 5 }, (_, i) => `m/${i}`)
    const auth = { key, protocol: 1, sdk: 'faults/0' }
    this.#socket = io(`${url}/ingest`, {
      auth,
      transports: ['websocket'],
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
      forceNew: true,
    })
    this.#socket.on('connect', () => void this.#join())
    this.#socket.on('disconnect', () => this.#cut())
  }

  get logged(): number {
    return this.journal.length * this.keys.length
  }

  log(rows: number): void {
    for (let i = 0; i < rows; i++) {
      const step = this.journal.length
      const values = this.keys.map((_, key) =>
        Math.random() < 0.01 ? (odd[step % odd.length] as number) : Math.fround(Math.sin(step) + key),
      )
      this.journal.push({ step, time: Date.now(), values })
    }
    this.pump()
  }

  /** Sends what is not on its way. */
  pump(): void {
    while (this.#open && this.#unanswered < IN_FLIGHT && this.#next < this.logged) {
      const [frame] = framesOf(this.writer, this.#recordsFrom(this.#next), 2000 + Math.floor(Math.random() * 8000))
      if (!frame) return
      this.#send(frame)
    }
  }

  close(): void {
    this.#socket.close()
  }

  async #join(): Promise<void> {
    try {
      const body = {
        writer: this.writer,
        run: this.run,
        project: 'faults',
        workspace: null,
        labels: { rank: this.rank },
        kind: 'user',
        host: 'here',
        pid: 1,
        start: 1,
        sdk: 'faults/0',
        created: 1,
      }
      const answer: Ack<OpenAck> = await this.#socket.timeout(5000).emitWithAck('open', body)
      if (!answer.ok) throw new Error(answer.error.code)
      if (answer.upto < this.acked) this.lost.push(`acked ${this.acked}, held ${answer.upto}`)
      if (answer.upto < this.#sent) this.resent++
      if (answer.upto > this.acked && this.#sent >= 0) this.unheard++
      this.acked = Math.max(this.acked, answer.upto)
      this.#next = answer.upto + 1
      this.#open = true
      this.pump()
    } catch {
      this.#socket.disconnect()
      setTimeout(() => this.#socket.connect(), 100)
    }
  }

  #cut(): void {
    this.#open = false
    this.#unanswered = 0
    this.#next = this.acked + 1
  }

  #send(frame: Uint8Array): void {
    const last = Number(new DataView(frame.buffer, frame.byteOffset).getBigInt64(32, true))
    this.#next = last + 1
    this.#sent = Math.max(this.#sent, last)
    this.#unanswered++
    const socketId = this.#socket.id
    this.#socket.emit('frame', frame, (answer: Ack<FrameAck>) => {
      if (socketId !== this.#socket.id) return
      this.#unanswered--
      if (answer.ok) this.acked = Math.max(this.acked, answer.upto)
      else if (answer.error.code === 'RESEND') this.#next = Math.min(this.#next, answer.error.from ?? this.acked + 1)
      else if (answer.error.code === 'BUSY') {
        this.busy++
        this.#next = this.acked + 1
        setTimeout(() => this.pump(), answer.error.retry_after_ms ?? 100)
        return
      } else throw new Error(`${answer.error.code}: ${answer.error.message}`)
      this.pump()
    })
    const told = this.onSent
    this.onSent = undefined
    told?.()
  }

  /** From any seq on, in the middle of a record too. */
  *#recordsFrom(seq: number): Generator<PointsRecord> {
    const width = this.keys.length
    for (let row = Math.floor(seq / width); row < this.journal.length; row++) {
      const { step, time, values } = this.journal[row] as Logged
      const skip = Math.max(0, seq - row * width)
      yield {
        seq: row * width + skip,
        step,
        time,
        keys: skip ? this.keys.slice(skip) : this.keys,
        values: Float64Array.from(values.slice(skip)),
      }
    }
  }
}
