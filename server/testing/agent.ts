import { randomBytes } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { framesOf } from '../../protocol/frame-builder.ts'
import type { Ack, OpenAck, OpenBody } from '../../protocol/ingest.ts'
import type { PagesMode } from '../pages.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { testSettings } from './settings.ts'

export interface KeyedServer extends RunningServer {
  /** Of scope admin, its workspace is `acme`. */
  key: string
}

/** A server of a test's own on its own database, with a first workspace and key. */
export async function startKeyedServer(
  variables: Record<string, string> = {},
  pages: PagesMode = 'none',
): Promise<KeyedServer> {
  const key = `tsk-${randomBytes(32).toString('hex')}`
  const init = {
    TRACKSIDE_INIT_EMAIL: 'owner@example.com',
    TRACKSIDE_INIT_PASSWORD: 'correct horse battery staple',
    TRACKSIDE_INIT_WORKSPACE: 'acme',
    TRACKSIDE_INIT_API_KEY: key,
  }
  const server = await startServer(testSettings({ ...init, ...variables }), { pages })
  return { ...server, key }
}

/** A socket to a namespace, connected, or the refusal. */
export function connect(
  url: string,
  namespace: string,
  auth: object,
  headers: Record<string, string> = {},
): Promise<Socket> {
  const socket = io(`${url}${namespace}`, {
    auth,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
  })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', error => {
      socket.close()
      reject(error)
    })
  })
}

export class TestAgent {
  readonly socket: Socket
  constructor(socket: Socket) {
    this.socket = socket
  }

  static async connect(url: string, key: string, protocol = 1): Promise<TestAgent> {
    return new TestAgent(await connect(url, '/ingest', { key, protocol, sdk: 'test/0' }))
  }

  ask<T = Record<string, unknown>>(event: string, body: unknown): Promise<Ack<T>> {
    return this.socket.timeout(10_000).emitWithAck(event, body)
  }

  open(body: Partial<OpenBody> = {}): Promise<Ack<OpenAck>> {
    return this.ask<OpenAck>('open', openBodyOf(body))
  }

  close(): void {
    this.socket.close()
  }
}

export const newWriter = () => randomBytes(16).toString('hex')

export function openBodyOf(body: Partial<OpenBody> = {}): OpenBody {
  return {
    writer: newWriter(),
    run: `run-${randomBytes(4).toString('hex')}`,
    project: 'digits',
    workspace: 'acme',
    labels: {},
    kind: 'user',
    host: 'here',
    pid: 1,
    start: Date.now(),
    sdk: 'test/0',
    created: Date.now(),
    ...body,
  }
}

/** Frames of `steps` records of these keys, from seq `first` on; values are made by `value`. */
export function makeFrames(
  writer: string,
  keys: string[],
  steps: number,
  first = 0,
  value: (step: number, key: number) => number = step => step,
): Uint8Array[] {
  const records = Array.from({ length: steps }, (_, i) => ({
    seq: first + i * keys.length,
    step: first / keys.length + i,
    time: 1_700_000_000_000 + first + i,
    keys,
    values: Float64Array.from(keys, (_, key) => value(first / keys.length + i, key)),
  }))
  return [...framesOf(writer, records)]
}
