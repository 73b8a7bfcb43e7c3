import { Worker } from 'node:worker_threads'
import { limit } from '../../errors.ts'
import type { RoleUrls } from '../roles.ts'
import type { Fault, FromReader, LargeRead, ToReader } from './reader.worker.ts'
import { GivenUp, makeFlag } from './stopping.ts'

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** One thread that reads; it starts with the first question. */
export class ReaderThread {
  readonly #urls: RoleUrls
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #asked = 0

  constructor(urls: RoleUrls) {
    this.#urls = urls
  }

  /** Questions that are not answered yet. */
  get busy(): number {
    return this.#waiting.size
  }

  /** Throws GivenUp soon after `signal` says that nobody waits any more: the thread leaves the work where it is. */
  ask<T>(read: LargeRead, signal?: AbortSignal): Promise<T> {
    const id = this.#asked++
    const flag = makeFlag()
    const give = () => Atomics.store(flag, 0, 1)
    if (signal?.aborted) give()
    signal?.addEventListener('abort', give, { once: true })
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#started().postMessage({ ...read, id, flag } satisfies ToReader)
    })
    return answer.finally(() => signal?.removeEventListener('abort', give)) as Promise<T>
  }

  #started(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { workerData: this.#urls })
    worker.unref() // it holds nothing that the process should wait for
    worker.on('message', (answer: FromReader) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('fault' in answer) waiting?.reject(errorOf(answer.fault))
      else waiting?.resolve(answer.answer)
    })
    worker.once('error', error => this.#broken(error))
    worker.once('exit', () => this.#broken(new Error('the reader ended')))
    this.#worker = worker
    return worker
  }

  #broken(error: Error): void {
    this.#worker = undefined
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

function errorOf({ code, message }: Fault): Error {
  if (code === 'LIMIT') return limit(message)
  return code === 'GIVEN_UP' ? new GivenUp(message) : new Error(message)
}
