import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../postgres.ts'
import type { RoleUrls } from '../roles.ts'
import type { SealingWord } from './pace.ts'
import { Sealer } from './sealer.ts'

/** Main to worker: runs with bytes of frames committed; or the end. */
export type ToSealer = { dirty: [run: number, bytes: number][] } | { stop: true }
/** Worker to main. */
export type FromSealer = { fault: string; run: number | undefined } | { word: SealingWord }

const port = parentPort
if (!port) throw new Error('sealer.worker.ts is started as a worker')

const db = openDatabase(workerData as RoleUrls)
const tell = (word: SealingWord) => port.postMessage({ word } satisfies FromSealer)
const sealer = new Sealer(db, tell, (error, run) => {
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error)
  port.postMessage({ fault, run } satisfies FromSealer)
})
port.on('message', (message: ToSealer) => {
  if ('stop' in message) sealer.stop()
  else for (const [run, bytes] of message.dirty) sealer.note(run, bytes)
})
await sealer.work()
await db.close()
port.close()
