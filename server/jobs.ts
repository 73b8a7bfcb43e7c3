import { setTimeout as pause } from 'node:timers/promises'
import { LEASE_MS } from '../protocol/ingest.ts'
import { keepPoints, purgeRuns } from './domain/metrics/index.ts'
import { expireLeases } from './domain/runs/index.ts'
import type { House } from './house.ts'
import type { Log } from './log.ts'

/** Work in the background of a running server. */
export interface Job {
  stop(): Promise<void>
}

type StartJob = (house: House) => Job

/** The jobs of a server. One line each. */
const backgroundJobs: StartJob[] = [
  keepPoints,
  ({ db, log }) => every(5_000, 'leases', log, () => expireLeases(db).then(() => {}), LEASE_MS),
  ({ db, log }) => every(10_000, 'purge', log, signal => purgeRuns(db, signal).then(() => {}), 10_000),
]

export function startJobs(house: House): Job {
  const jobs = backgroundJobs.map(start => start(house))
  return {
    async stop() {
      await Promise.all(jobs.map(job => job.stop()))
    },
  }
}

/** Does `work` again and again, `pauseMs` after it ended; a failure is logged and costs one round. Never overlaps. */
export function every(
  pauseMs: number,
  name: string,
  log: Log,
  work: (signal: AbortSignal) => Promise<void>,
  firstMs = 0,
): Job {
  const ending = new AbortController()
  const { signal } = ending
  const loop = (async () => {
    await pause(firstMs, undefined, { signal }).catch(() => {})
    while (!signal.aborted) {
      await work(signal).catch(error => signal.aborted || log.error({ error, job: name }, 'a background job failed'))
      await pause(pauseMs, undefined, { signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      ending.abort()
      await loop
    },
  }
}
