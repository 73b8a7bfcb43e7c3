import type { IncomingMessage } from 'node:http'
import { invalid, tooLarge } from '../errors.ts'
import { requireText } from './require-text.ts'

/** The body of a request as JSON, without what no text of ours may hold. */
export async function readJson(request: IncomingMessage, bytesMax: number): Promise<unknown> {
  const pieces: Buffer[] = []
  let bytes = 0
  // The connection stays: the refusal has to travel on it.
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > bytesMax) throw tooLarge(bytesMax)
    pieces.push(piece)
  }
  const body = parsed(Buffer.concat(pieces).toString('utf8'))
  requireText(body)
  return body
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('The body is not JSON')
  }
}
