import { once } from 'node:events'
import { io, type Socket } from 'socket.io-client'
import type { Ack, OpenBody } from '../protocol/ingest.ts'

const sdk = 'bench/0'

/** A socket at the real ingest door, for load that needs no SDK. */
export async function connectIngest({ url, key }: { url: string; key: string }): Promise<Socket> {
  const auth = { key, protocol: 1, sdk }
  const socket = io(`${url}/ingest`, { transports: ['websocket'], forceNew: true, auth })
  await once(socket as never, 'connect')
  return socket
}

/** Makes the run known with this writer, or throws the server's words. */
export async function openWriter(socket: Socket, at: Pick<OpenBody, 'writer' | 'run' | 'project'>): Promise<void> {
  const now = Date.now()
  const body: OpenBody = {
    ...at,
    workspace: null,
    labels: {},
    kind: 'user',
    host: 'bench',
    pid: 1,
    start: now,
    sdk,
    created: now,
  }
  const opened: Ack<object> = await socket.emitWithAck('open', body)
  if (!opened.ok) throw new Error(opened.error.message)
}
