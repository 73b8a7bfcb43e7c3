import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBenchServer } from '../ingest/server.ts'
import { peer } from '../peers/index.ts'
import type { Figure, Measure, Size } from '../row.ts'
import { ourPython, script } from '../script.ts'
import { inTurns, median } from '../statistics.ts'

/** One way of calling log(): `rate` calls a second, or one after the other; `busy` beside three threads that compute. */
export interface Part {
  keys: number
  calls: number
  seconds: number
  rate: number
  busy: boolean
}

/** Microseconds. */
export interface Timed {
  calls: number
  p50: number
  p99: number
  worst: number
}

type Parts = Record<string, Timed>
type Found = Record<string, Parts[]>

const goals: Record<string, { p50: number; p99: number } | undefined> = {
  '2 scalars, saturated': { p50: 3, p99: 20 },
  '10 scalars, saturated': { p50: 6, p99: 20 },
  '100 scalars, saturated': { p50: 30, p99: 60 },
  '10 scalars, 200/s': { p50: 40, p99: 150 },
}

function partsOf(size: Size): Record<string, Part> {
  const part = (keys: number, rate: number, busy: boolean): Part =>
    size === 'full'
      ? { keys, calls: 20_000, seconds: rate ? 5 : 10, rate, busy }
      : { keys, calls: 20_000, seconds: rate ? 0.8 : 0.3, rate, busy }
  return {
    '2 scalars, saturated': part(2, 0, false),
    '10 scalars, saturated': part(10, 0, false),
    '100 scalars, saturated': part(100, 0, false),
    '10 scalars, 200/s': part(10, 200, false),
    '100 scalars, 200/s': part(100, 200, false),
    '10 scalars, saturated, 3 busy threads': part(10, 0, true),
    '10 scalars, 200/s, 3 busy threads': part(10, 200, true),
  }
}

const LOOP = join(import.meta.dirname, 'loop.py')
const PEERS = ['wandb', 'trackio', 'tensorboardX'] as const

/** What log() costs the training: microseconds a call, in turns with its peers. All of them keep locally what they are given. */
export const benchLog: Measure = async size => {
  const parts = partsOf(size)
  const ours = await ourPython()
  if ('reason' in ours) throw new Error(ours.reason)
  const loop = (python: string, tracker: string, mode = 'offline', env = {}) =>
    script<Parts>(python, [LOOP, tracker, folder(), JSON.stringify({ mode, parts })], {
      TRACKSIDE_DIR: folder(),
      ...env,
    })
  const contenders: Record<string, () => Promise<Parts>> = {
    floor: () => loop(ours.python, 'floor'),
    trackside: () => loop(ours.python, 'trackside'),
    typescript: () => typescript(parts),
  }
  for (const name of PEERS) {
    const found = peer(name)
    if ('python' in found) contenders[name] = () => loop(found.python, name)
  }
  const server = await startBenchServer()
  try {
    const { url, key } = server
    contenders.online = () =>
      loop(ours.python, 'trackside', 'online', { TRACKSIDE_BASE_URL: url, TRACKSIDE_API_KEY: key })
    const found = await inTurns(size === 'full' ? 5 : 1, contenders)
    return { figures: Object.keys(parts).flatMap(name => figuresOf(name, found)), details: { found } }
  } finally {
    await server.stop()
  }
}

const folder = () => mkdtempSync(join(tmpdir(), 'log-'))

async function typescript(parts: Record<string, Part>): Promise<Parts> {
  // JavaScript has no threads that take its interpreter's lock.
  const quiet = Object.fromEntries(Object.entries(parts).filter(([, { busy }]) => !busy))
  const child = fork(join(import.meta.dirname, 'loop.ts'), [JSON.stringify(quiet)], {
    env: { ...process.env, TRACKSIDE_DIR: folder() },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const [timed] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`log/loop.ts ended with ${code}`))),
  ])) as [Parts]
  return timed
}

function figuresOf(part: string, found: Found): Figure[] {
  const of = (name: string, what: keyof Timed) =>
    median((found[name] ?? []).flatMap(parts => parts[part]?.[what] ?? []))
  const peersOf = (what: keyof Timed) =>
    Object.fromEntries(PEERS.map(name => [name, found[name] ? of(name, what) : null]))
  const figures = (['p50', 'p99', 'worst'] as const).map(what => ({
    what: `Python, ${part}: ${what}`,
    unit: 'µs',
    value: of('trackside', what),
    floor: of('floor', what),
    goal: what === 'worst' ? (part.includes('busy') ? undefined : 2_000) : goals[part]?.[what],
    peers: peersOf(what),
    note: `${shortly(of('online', what))} while the agent sends to a server on this machine`,
  }))
  const typescript = (['p50', 'p99'] as const).map(what => ({
    what: `TypeScript, ${part}: ${what}`,
    unit: 'µs',
    value: of('typescript', what),
  }))
  return part.includes('busy') ? figures : [...figures, ...typescript]
}

const shortly = (micros: number) => `${Number(micros.toPrecision(3))} µs`
