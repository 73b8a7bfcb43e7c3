/** What Trackside refuses to do. Nothing in it ever reaches a training loop: only `init` and the command line throw. */
export class TracksideError extends Error {
  override readonly name: string = 'TracksideError'
}

/** An argument that cannot be meant, or the server's clear no to `resume: 'never' | 'must'`. */
export class UsageError extends TracksideError {
  override readonly name = 'UsageError'
}
