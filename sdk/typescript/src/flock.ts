import { spawnSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'

/**
 * An exclusive flock of a file. Node has no call for it; util-linux' (and busybox') `flock` locks the open file that it
 * inherits as descriptor 3, and the lock stays with us when it is gone.
 */
export class FileLock {
  readonly #fd: number

  private constructor(fd: number) {
    this.#fd = fd
  }

  /** The lock; 'taken' where another holds it; 'unknown' where this system has no `flock`. Waits up to `seconds`. */
  static take(path: string, seconds = 0): FileLock | 'taken' | 'unknown' {
    const fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
    const wait = seconds > 0 ? ['-w', String(seconds)] : ['-n']
    const { status, error } = spawnSync('flock', ['-x', ...wait, '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] })
    if (!error && status === 0) return new FileLock(fd)
    closeSync(fd)
    return error ? 'unknown' : 'taken'
  }

  release(): void {
    closeSync(this.#fd)
  }
}
