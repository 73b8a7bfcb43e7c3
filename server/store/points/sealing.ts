import { Worker } from 'node:worker_threads'
import type { Log } from '../../log.ts'
import type { RoleUrls } from '../roles.ts'
import type { SealingWord } from './pace.ts'
import type { FromSealer, ToSealer } from './sealer.worker.ts'

export interface Sealing {
  note(bells: { run: number; bytes: number }[]): void
  stop(): Promise<void>
}

/** The sealer in a thread of its own, with its own connections: packing never holds up the loop that acks. */
export function startSealing(urls: RoleUrls, log: Log, tell: (word: SealingWord) => void): Sealing {
  let stopping = false
  let again: NodeJS.Timeout | undefined
  let ended: Promise<void> = Promise.resolve()
  let worker: Worker

  const start = () => {
    worker = new Worker(new URL('./sealer.worker.ts', import.meta.url), { workerData: urls })
    ended = new Promise(resolve => worker.once('exit', () => resolve()))
    worker.on('message', (message: FromSealer) => {
      if ('word' in message) tell(message.word)
      else log.error(message, 'sealing failed; it is tried again')
    })
    worker.on('error', error => log.error({ error }, 'the sealer broke; it starts again'))
    worker.once('exit', () => {
      if (!stopping) again = setTimeout(start, 1000)
    })
  }
  const send = (message: ToSealer) => worker.postMessage(message)
  start()
  return {
    note: bells => send({ dirty: bells.map(({ run, bytes }) => [run, bytes]) }),
    async stop() {
      stopping = true
      clearTimeout(again)
      send({ stop: true })
      await ended
    },
  }
}
