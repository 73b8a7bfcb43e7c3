import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { decodeFrame, pointsOf } from '../../../protocol/frame.ts'
import { bitsOf } from '../../../protocol/golden/values.ts'
import type { Ack, IngestError, MetaItem, OpenBody } from '../../../protocol/ingest.ts'

/** A server of the ingest protocol, strict and in memory: marks, order, opening. What it kept is there to be compared. */
export interface Kept {
  header: OpenBody
  upto: number
  meta: number
  points: { seq: number; key: string; step: number; time: number; bits: string }[]
  items: MetaItem[]
  holes: number
  finished: boolean
}

export class Peer {
  readonly writers = new Map<string, Kept>()
  readonly beaten = new Set<string>()
  readonly frames: number[] = []
  key = 'tsk-test'
  /** Called before a frame is kept; an answer given here is sent instead. */
  onFrame: ((count: number) => IngestError | 'drop' | null) | null = null
  onOpen: ((body: OpenBody) => IngestError | null) | null = null
  stop: string[] = []
  #http: HttpServer | null = null
  #io: Server | null = null
  #port = 0
  #count = 0

  /** On the port it had before, where it had one. */
  async listen(): Promise<this> {
    this.#http = createServer()
    this.#io = new Server(this.#http, { serveClient: false, perMessageDeflate: false })
    const door = this.#io.of('/ingest')
    door.use((socket, next) => {
      const { key, protocol } = socket.handshake.auth
      if (key === this.key && protocol === 1) next()
      else next(Object.assign(new Error('no'), { data: { code: 'UNAUTHENTICATED', message: 'this key is not known' } }))
    })
    door.on('connection', socket => this.#serve(socket))
    await new Promise<void>(resolve => this.#http?.listen(this.#port, '127.0.0.1', resolve))
    this.#port = (this.#http.address() as AddressInfo).port
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async close(): Promise<void> {
    await this.#io?.close()
    this.#http = this.#io = null
  }

  of(run: string, kind: 'user' | 'telemetry' = 'user'): Kept[] {
    return [...this.writers.values()].filter(kept => kept.header.run === run && kept.header.kind === kind)
  }

  #serve(socket: Socket): void {
    const open = new Set<string>()
    socket.on('open', (body: OpenBody, ack) => {
      const error = this.onOpen?.(body)
      if (error) return ack({ ok: false, error })
      const kept = this.writers.get(body.writer) ?? {
        header: body,
        upto: -1,
        meta: -1,
        points: [],
        items: [],
        holes: 0,
        finished: false,
      }
      this.writers.set(body.writer, kept)
      open.add(body.writer)
      const url = `${this.url}/acme/${body.project}/runs/${body.run}`
      ack({
        ok: true,
        run: { id: body.run, name: body.run, project: body.project, workspace: 'acme', url },
        upto: kept.upto,
        meta: kept.meta,
      })
    })
    socket.on('frame', (bytes: Buffer, ack) => {
      const answer = this.#frame(bytes, open)
      if (answer) ack(answer)
    })
    socket.on('meta', ({ writer, first, items }: { writer: string; first: number; items: MetaItem[] }, ack) => {
      const kept = this.writers.get(writer)
      if (!kept || !open.has(writer)) return ack(no('NOT_OPEN'))
      if (first > kept.meta + 1)
        return ack({ ok: false, error: { code: 'RESEND', message: 'resend', from: kept.meta + 1 } })
      for (const item of items.slice(kept.meta + 1 - first)) {
        kept.items.push(item)
        kept.meta++
        if (item.k === 'finish') kept.finished = true
      }
      ack({ ok: true, meta: kept.meta })
    })
    socket.on('beat', ({ writers }: { writers: string[] }, ack) => {
      for (const writer of writers) this.beaten.add(writer)
      ack({ ok: true, stop: this.stop })
    })
    socket.on('receipt', ({ writer }: { writer: string }, ack) => {
      const kept = this.writers.get(writer)
      if (!kept || !open.has(writer)) return ack(no('NOT_OPEN'))
      const refused = kept.items.reduce((sum, item) => sum + (item.k === 'refused' ? item.count : 0), 0)
      ack({ ok: true, stored: kept.points.length, refused, upto: kept.upto })
    })
  }

  #frame(bytes: Buffer, open: Set<string>): Ack<{ upto: number }> | null {
    const answer = this.onFrame?.(this.#count++)
    if (answer === 'drop') return null
    if (answer) return { ok: false, error: answer }
    const frame = decodeFrame(bytes)
    const kept = this.writers.get(frame.writer)
    if (!kept || !open.has(frame.writer)) return no('NOT_OPEN')
    if (frame.first > kept.upto + 1)
      return { ok: false, error: { code: 'RESEND', message: 'resend', from: kept.upto + 1 } }
    this.frames.push(bytes.length)
    for (const { seq, key, step, time, value } of pointsOf(frame, kept.upto + 1))
      kept.points.push({ seq, key, step, time, bits: bitsOf(value) })
    kept.holes += frame.holes.reduce((sum, hole) => sum + hole.count, 0)
    kept.upto = Math.max(kept.upto, frame.last)
    return { ok: true, upto: kept.upto }
  }
}

function no(code: IngestError['code']): { ok: false; error: IngestError } {
  return { ok: false, error: { code, message: code } }
}
