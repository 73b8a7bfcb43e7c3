import type { IncomingMessage } from 'node:http'
import { invalid, limit } from '../errors.ts'

/** The body of a request as JSON. */
export async function readJson(request: IncomingMessage, bytesMax: number): Promise<unknown> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > bytesMax) throw limit(`The body is larger than ${bytesMax} bytes`)
    pieces.push(piece)
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    throw invalid('The body is not JSON')
  }
}
