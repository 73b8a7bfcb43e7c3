import { once } from 'node:events'
import { io, type Socket } from 'socket.io-client'
import { framesOf, type PointsRecord } from '../../protocol/frame-builder.ts'
import { type Ack, FRAMES_IN_FLIGHT_MAX, type OpenBody } from '../../protocol/ingest.ts'

const runNumber = { last: 0 }

/** Logs to runs over the real door, without an SDK: this process measures the browser, not the journal. */
export class Writer {
  readonly #socket: Socket
  readonly #writer = (++runNumber.last).toString(16).padStart(32, '0')

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  static async open(server: { url: string; key: string }, project: string, run: string): Promise<Writer> {
    const auth = { key: server.key, protocol: 1, sdk: 'bench/0' }
    const socket = io(`${server.url}/ingest`, { transports: ['websocket'], forceNew: true, auth })
    await once(socket as never, 'connect')
    const writer = new Writer(socket)
    const body: OpenBody = {
      writer: writer.#writer,
      run,
      project,
      workspace: null,
      labels: {},
      kind: 'user',
      host: 'bench',
      pid: 1,
      start: Date.now(),
      sdk: 'bench/0',
      created: Date.now(),
    }
    const opened: Ack<object> = await socket.emitWithAck('open', body)
    if (!opened.ok) throw new Error(opened.error.message)
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
