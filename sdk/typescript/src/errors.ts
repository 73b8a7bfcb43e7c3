/** What Trackside refuses to do. Nothing in it ever reaches a training loop: only `init` and the command line throw. */
export class TracksideError extends Error {
  override readonly name: string = 'TracksideError'
}

/** An argument that cannot be meant, or the server's clear no to `resume: 'never' | 'must'`. */
export class UsageError extends TracksideError {
  override readonly name = 'UsageError'
}

/** The server answered a reading call with an error. `code` is its word for it, e.g. `NOT_FOUND`. */
export class ServerError extends TracksideError {
  override readonly name = 'ServerError'
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status: number) {
    super(`${message} (${code}, HTTP ${status})`)
    this.code = code
    this.status = status
  }
}
