import { limit } from '../errors.ts'

/**
 * A request with its body read, if that is not larger than this: nobody fills the memory before he is known. Always a new
 * one: what Next hands to its routes only looks like a request, and cannot be copied.
 */
export async function limitedBody(request: Request, bytesMax: number): Promise<Request> {
  const { url, method, headers } = request
  if (!request.body) return new Request(url, { method, headers })
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.length
    if (bytes > bytesMax) throw limit(`The body is larger than ${bytesMax} bytes`)
    pieces.push(piece)
  }
  return new Request(url, { method, headers, body: Buffer.concat(pieces) })
}
