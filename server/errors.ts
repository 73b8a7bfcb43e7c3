export type ErrorCode =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'CONFLICT'
  | 'INVALID'
  | 'LIMIT'
  | 'TOO_LARGE'
  | 'GONE'

// Copies of this module meet in one process (see store/once.ts): `instanceof` is false across them, this is not.
const brand = Symbol.for('trackside.DomainError')

/** What the domain says no with. Each door translates it once. */
export class DomainError extends Error {
  readonly [brand] = true
  readonly code: ErrorCode
  readonly details?: Record<string, unknown>

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    if (details) this.details = details
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return typeof error === 'object' && error !== null && brand in error
}

const maker = (code: ErrorCode) => (message: string, details?: Record<string, unknown>) =>
  new DomainError(code, message, details)

/** Also for what exists but is not the asker's to see. */
export const notFound = (what: string, id?: string) =>
  new DomainError('NOT_FOUND', id === undefined ? `No such ${what}` : `No such ${what}: ${id}`)
export const forbidden = maker('FORBIDDEN')
export const unauthenticated = (message = 'Sign in, or send a key') => new DomainError('UNAUTHENTICATED', message)
export const conflict = maker('CONFLICT')
export const invalid = maker('INVALID')
export const limit = maker('LIMIT')
/** One body; what is too much in all is `limit`. */
export const tooLarge = (bytesMax: number) => new DomainError('TOO_LARGE', `The body is larger than ${bytesMax} bytes`)
export const gone = maker('GONE')

const statuses: Record<ErrorCode, number> = {
  INVALID: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  GONE: 410,
  TOO_LARGE: 413,
  LIMIT: 429,
}

export const httpStatus = (code: ErrorCode) => statuses[code]
