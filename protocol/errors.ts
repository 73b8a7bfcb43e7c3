/** Bytes or words that break the protocol. The message is one sentence that names the section and what is wrong. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code = 'INVALID'
}

/** `instanceof` is false across two loaded copies of this module; the name is not. */
export function isProtocolError(error: unknown): error is ProtocolError {
  return error instanceof Error && error.name === 'ProtocolError'
}

export function invalid(message: string): never {
  throw new ProtocolError(message)
}
