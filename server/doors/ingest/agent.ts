import type { Socket } from 'socket.io'
import type { z } from 'zod'
import { beatBody, frameBody, receiptBody } from '../../../protocol/ingest.schema.ts'
import { type Ack, FRAMES_IN_FLIGHT_MAX, type FrameAck, type IngestError } from '../../../protocol/ingest.ts'
import type { Actor } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import { type Appended, appendPoints, BusyError } from '../../domain/metrics/index.ts'
import { applyMeta, beat, getReceipt, metaBody, type OpenedWriter, openBody, openRun } from '../../domain/runs/index.ts'
import { isDomainError } from '../../errors.ts'
import type { House } from '../../house.ts'
import { contextFor } from '../auth/index.ts'
import { Inbox } from '../inbox.ts'
import { Turns } from './turns.ts'

type Reply = (answer: Ack<object>) => void
type Answer = { ok: true } & object

/** An error that has more to say than its words. */
class Told extends Error {
  readonly error: IngestError
  constructor(error: IngestError) {
    super(error.message)
    this.error = error
  }
}

const notOpen = () => new Told({ code: 'NOT_OPEN', message: 'Open this writer on this socket first' })
const resend = (from: number) => new Told({ code: 'RESEND', message: `Send again from ${from}`, from })
const busy = (ms: number) => new Told({ code: 'BUSY', message: 'The server cannot take this now', retry_after_ms: ms })

/** One agent's socket: the writers that it opened, and its unanswered frames. */
export class Agent {
  readonly actor: Actor
  readonly #house: House
  readonly #socket: Socket
  readonly #writers = new Map<string, OpenedWriter>()
  /** Each of these is a transaction of its own: one socket must not take all connections of the database. */
  readonly #turns = new Turns(4)
  readonly #inbox: Inbox
  #leaving = false

  constructor(house: House, socket: Socket, actor: Actor) {
    this.#house = house
    this.#socket = socket
    this.#inbox = new Inbox(socket, FRAMES_IN_FLIGHT_MAX)
    this.actor = actor
    this.#on('open', openBody, (ctx, body) => this.#turns.take(() => this.#open(ctx, body)))
    this.#on('frame', frameBody, (ctx, body) => this.#frame(ctx, body))
    this.#on('meta', metaBody, (ctx, body) => this.#turns.take(() => this.#meta(ctx, body)))
    this.#on('beat', beatBody, (ctx, { writers }) =>
      this.#turns.take(() =>
        beat(
          ctx,
          writers.flatMap(writer => this.#writers.get(writer) ?? []),
        ),
      ),
    )
    this.#on('receipt', receiptBody, (ctx, { writer }) =>
      this.#turns.take(async () => getReceipt(ctx, this.#opened(writer))),
    )
  }

  /** Takes nothing new. */
  leave(): void {
    this.#leaving = true
  }

  #on<S extends z.ZodType>(event: string, schema: S, handle: (ctx: Ctx, body: z.output<S>) => Promise<object>): void {
    this.#socket.on(event, (body: unknown, reply: unknown) =>
      this.#inbox.put(async () => {
        const answer = await this.#answer(schema, body, handle)
        if (typeof reply === 'function') (reply as Reply)(answer)
        return answer.ok || answer.error.code === 'BUSY'
      }),
    )
  }

  async #answer<S extends z.ZodType>(
    schema: S,
    body: unknown,
    handle: (ctx: Ctx, body: z.output<S>) => Promise<object>,
  ): Promise<Ack<object>> {
    try {
      if (this.#leaving) throw busy(2000)
      const read = schema.safeParse(body)
      if (!read.success) return { ok: false, error: { code: 'INVALID', message: faultOf(read.error) } }
      const ctx = contextFor(this.#house, this.actor, { headers: this.#socket.handshake.headers })
      return { ok: true, ...(await handle(ctx, read.data)) } as Answer
    } catch (error) {
      return { ok: false, error: this.#told(error) }
    }
  }

  #told(error: unknown): IngestError {
    if (error instanceof Told) return error.error
    if (isDomainError(error) && error.code !== 'TOO_LARGE') return { code: error.code, message: error.message }
    if (error instanceof BusyError) return busy(error.retryAfterMs).error
    this.#house.log.error({ error }, 'an agent could not be answered')
    return busy(1000).error
  }

  #opened(writer: string): OpenedWriter {
    const opened = this.#writers.get(writer)
    if (!opened) throw notOpen()
    return opened
  }

  async #open(ctx: Ctx, body: z.output<typeof openBody>): Promise<object> {
    const opened = await openRun(ctx, body)
    this.#writers.set(body.writer, opened)
    const { id, name, project, workspace, upto, meta } = opened
    const url = `${this.#house.publicUrl()}/${workspace}/${encodeURIComponent(project.slug)}/runs/${encodeURIComponent(id)}`
    return { run: { id, name, project: project.name, workspace, url }, upto, meta }
  }

  async #meta(ctx: Ctx, body: z.output<typeof metaBody>): Promise<object> {
    const done = await applyMeta(ctx, this.#opened(body.writer), body)
    if ('resend' in done) throw resend(done.resend)
    return done
  }

  async #frame(ctx: Ctx, body: Uint8Array): Promise<FrameAck> {
    const done = await appendPoints(ctx, writer => this.#writers.get(writer), body)
    if (!done) throw notOpen()
    return acked(done)
  }
}

function acked(done: Appended): FrameAck {
  if ('resend' in done) throw resend(done.resend)
  if ('refused' in done) throw new Told({ code: 'INVALID', message: done.refused, skip: true, upto: done.upto })
  return { upto: done.upto, ...(done.items && { refused: done.items }) }
}

function faultOf(error: z.ZodError): string {
  const [issue] = error.issues
  return issue ? `${issue.path.join('.')} ${issue.message}`.trim() : 'This cannot be read'
}
