import { io, type Socket } from 'socket.io-client'
import {
  FRAMES_IN_FLIGHT_MAX,
  INGEST_NAMESPACE,
  type IngestError,
  type IngestEvents,
  PROTOCOL_VERSION,
} from '../../../protocol/ingest.ts'
import { SDK } from './version.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
const ANSWER_WITHIN_MS = 30_000

type Event = keyof IngestEvents
type Body<E extends Event> = Parameters<IngestEvents[E]>[0]
export type Answer<E extends Event> = Parameters<Parameters<IngestEvents[E]>[1]>[0]

/** One socket to one server with one key. It comes back after failures; a new `epoch` is a new socket. */
export class Connection {
  readonly baseUrl: string
  epoch = 0
  /** Why the server does not let this key in; null while it does, or has not been asked. */
  refused: Pick<IngestError, 'code' | 'message'> | null = null
  framesOut = 0
  /** When the server last said anything. */
  reached = performance.now()
  readonly #socket: Socket
  readonly #wake: () => void
  #retry: NodeJS.Timeout | null = null
  #pause = FIRST_PAUSE_MS

  constructor(baseUrl: string, key: string, wake: () => void) {
    this.baseUrl = baseUrl
    this.#wake = wake
    const { origin, pathname } = new URL(baseUrl)
    this.#socket = io(origin + INGEST_NAMESPACE, {
      path: `${pathname.replace(/\/$/, '')}/socket.io`,
      auth: { key, protocol: PROTOCOL_VERSION, sdk: SDK },
      transports: ['websocket', 'polling'],
      tryAllTransports: true, // long polling only where a proxy allows nothing else
      reconnectionDelay: FIRST_PAUSE_MS,
      reconnectionDelayMax: LONGEST_PAUSE_MS,
      randomizationFactor: 0.5,
      timeout: 10_000,
      forceNew: true,
    })
    this.#socket.on('connect', () => this.#up())
    this.#socket.on('disconnect', reason => this.#down(reason))
    this.#socket.on('connect_error', error => this.#notLetIn(error))
  }

  get up(): boolean {
    return this.#socket.connected
  }

  get hasRoom(): boolean {
    return this.framesOut < FRAMES_IN_FLIGHT_MAX
  }

  /** Emits; `answered` gets the answer, unless the socket is lost before. */
  send<E extends Event>(event: E, body: Body<E>, answered: (answer: Answer<E>) => void): void {
    const { epoch } = this
    this.#socket.timeout(ANSWER_WITHIN_MS).emit(event, body, (error: Error | null, answer: Answer<E>) => {
      if (epoch !== this.epoch || !this.up) return
      if (error) {
        this.#socket.disconnect().connect() // a server that is silent for so long is not there
        return
      }
      this.reached = performance.now()
      answered(answer)
      this.#wake()
    })
  }

  close(): void {
    if (this.#retry) clearTimeout(this.#retry)
    this.#socket.disconnect()
  }

  #up(): void {
    this.epoch++
    this.framesOut = 0
    this.refused = null
    this.reached = performance.now()
    this.#pause = FIRST_PAUSE_MS
    this.#wake()
  }

  #down(reason: string): void {
    this.framesOut = 0
    // then the client does not come back by itself
    if (reason === 'io server disconnect') this.#comeBack()
    this.#wake()
  }

  #notLetIn(error: Error & { data?: { code?: string; message?: string } }): void {
    const { data } = error
    if (data?.code) {
      this.refused = { code: data.code as IngestError['code'], message: data.message ?? data.code }
      this.reached = performance.now()
    }
    if (!this.#socket.active) this.#comeBack()
    this.#wake()
  }

  #comeBack(): void {
    if (this.#retry) clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#socket.connect(), this.#pause * (0.5 + Math.random() / 2))
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE_MS)
  }
}
