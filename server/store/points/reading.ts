import { Worker } from 'node:worker_threads'
import type { RoleUrls } from '../roles.ts'
import type { FromReader, LargeRead, ToReader } from './reader.worker.ts'

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** Reads that would hold up the loop that acks, done in a thread of their own, which starts with the first of them. */
export class LargeReads {
  readonly #urls: RoleUrls
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #asked = 0

  constructor(urls: RoleUrls) {
    this.#urls = urls
  }

  ask<T>(read: LargeRead): Promise<T> {
    const id = this.#asked++
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#started().postMessage({ ...read, id } satisfies ToReader)
    }) as Promise<T>
  }

  #started(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { workerData: this.#urls })
    worker.unref() // it holds nothing that the process should wait for
    worker.on('message', (answer: FromReader) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('fault' in answer) waiting?.reject(new Error(answer.fault))
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
