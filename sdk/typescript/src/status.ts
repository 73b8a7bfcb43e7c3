import { join } from 'node:path'
import { agentFolder, readJson } from './folder.ts'
import { isAlive } from './process.ts'
import { DONE, GONE, INVALID, KEY, NO, readAck, STOP } from './receipt.ts'
import { headerOf, launchesIn, writersIn } from './shelf.ts'
import { countOf } from './sync.ts'

/** `trackside status`: what the agent does, and which runs wait for what. */

const KEPT = 'kept here'
const WORDS: [number, string][] = [
  [DONE, 'delivered'],
  [GONE, 'the run was deleted'],
  [STOP, 'asked to stop'],
  [KEY, 'waits for a key'],
  [NO, KEPT],
  [INVALID, 'partly unreadable'],
]

export interface WriterStatus {
  run: string
  project: string
  writer: string
  dir: string
  mode: string | undefined
  points: number
  delivered: number
  refused: number
  state: string[]
  error: { code: string; message: string } | null
  url: string | null
}

export interface Status {
  folder: string
  agent: Record<string, unknown> | null
  writers: WriterStatus[]
}

/** The agent of this machine and folder, and its journals that are not delivered (or all). */
export function statusOf(folder: string, everything = false): Status {
  const agent = readJson(join(agentFolder(folder), 'agent.json'))
  const alive = agent !== null && isAlive(Number(agent.pid), (agent.start as number | null) ?? null)
  const writers = launchesIn(join(folder, 'runs')).flatMap(dir =>
    writersIn(dir).flatMap(writer => {
      const status = writerStatus(dir, writer)
      return status && (everything || !status.state.includes('delivered')) ? [status] : []
    }),
  )
  return { folder, agent: alive ? agent : null, writers }
}

function writerStatus(dir: string, writer: string): WriterStatus | null {
  const header = headerOf(dir, writer)
  if (header?.kind !== 'user') return null
  const ack = readAck(join(dir, `${writer}.ack`))
  const words = readJson(join(dir, `${writer}.json`))
  const { points, refused } = countOf(dir, writer)
  return {
    run: header.run,
    project: header.project,
    writer,
    dir,
    mode: header.mode,
    points,
    delivered: ack ? ack.upto + 1 : 0,
    refused,
    state: WORDS.filter(([flag]) => ((ack?.flags ?? 0) & flag) !== 0).map(([, word]) => word),
    error: (words?.error as WriterStatus['error']) ?? null,
    url: (words?.url as string) ?? null,
  }
}

export function describe({ folder, agent, writers }: Status): string {
  const lines = [`${folder}: ${agent ? `agent ${agent.pid} is at work` : 'no agent is at work'}`]
  for (const { project, run, delivered, points, state, mode, error, dir } of writers) {
    const word = state.join(', ') || (mode === 'offline' ? 'offline' : 'under way')
    const why = error ? ` (${error.message})` : ''
    lines.push(`${project} / ${run}: ${delivered} of ${points} points delivered, ${word}${why}`, `  ${dir}`)
    if (state.includes(KEPT)) lines.push(`  \`trackside sync --id NEW ${dir}\` delivers it as a run of another id`)
  }
  if (writers.length === 0) lines.push('Everything is delivered.')
  return lines.join('\n')
}
