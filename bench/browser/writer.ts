import type { Socket } from 'socket.io-client'
import { framesOf, type PointsRecord } from '../../protocol/frame-builder.ts'
import { type Ack, FRAMES_IN_FLIGHT_MAX } from '../../protocol/ingest.ts'
import { connectIngest, openWriter } from '../ingest-door.ts'

const runNumber = { last: 0 }

/** Logs to runs over the real door, without an SDK: this process measures the browser, not the journal. */
export class Writer {
  readonly #socket: Socket
  readonly #writer = (++runNumber.last).toString(16).padStart(32, '0')

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  static async open(server: { url: string; key: string }, project: string, run: string): Promise<Writer> {
    const writer = new Writer(await connectIngest(server))
    await openWriter(writer.#socket, { writer: writer.#writer, run, project })
    return writer
  }

  /** Until all records are durable. */
  async log(records: Iterable<PointsRecord>): Promise<void> {
    const frames = framesOf(this.#writer, records)[Symbol.iterator]()
    const send = async () => {
      for (let next = frames.next(); !next.done; next = frames.next()) await this.#deliver(next.value)
    }
    await Promise.all(Array.from({ length: FRAMES_IN_FLIGHT_MAX }, send))
  }

  async #deliver(frame: Uint8Array): Promise<void> {
    for (;;) {
      const answer: Ack<object> = await this.#socket.emitWithAck('frame', frame)
      if (answer.ok) return
      const { code, message, retry_after_ms = 20 } = answer.error
      if (code !== 'BUSY' && code !== 'RESEND') throw new Error(`${code}: ${message}`)
      await new Promise(resolve => setTimeout(resolve, retry_after_ms))
    }
  }

  close(): void {
    this.#socket.close()
  }
}
