import { createServer } from 'node:http'
import { Server } from 'socket.io'

/**
 * Socket.IO without listeners of its own: it hangs them on a server that never listens (see upgrades.ts).
 * No compression: frames are packed already, and deflate on the loop would hold up the acks.
 */
export function openSockets(): Server {
  const io = new Server({
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 1_000_000,
    connectTimeout: 15_000,
  })
  return io.attach(createServer())
}
