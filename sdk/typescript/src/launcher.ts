import { spawn } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { agentFolder, codeOf } from './folder.ts'

const RINGS_APART_MS = 50
const STARTS_APART_MS = 5000
/** An agent that was heard for so long did not fail in starting: where it is gone, another starts at once. */
const SETTLED_MS = 1000
const LOG_BYTES_MAX = 5 << 20
const STROKE = Buffer.from('!')

/** The FIFO of the folder's agent. `ring` never blocks and never throws; where nobody hears it, an agent is started. */
export class Bell {
  readonly #folder: string
  readonly #path: string
  #fd = -1
  #rung = Number.NEGATIVE_INFINITY
  #started = Number.NEGATIVE_INFINITY

  constructor(folder: string) {
    this.#folder = folder
    this.#path = join(agentFolder(folder), 'bell')
  }

  /** Leading edge: what comes within 50 ms after a stroke is seen by the agent's next look. */
  ring(): void {
    const now = performance.now()
    if (now - this.#rung < RINGS_APART_MS) return
    this.#rung = now
    if (this.#tell()) {
      if (now - this.#started >= SETTLED_MS) this.#started = Number.NEGATIVE_INFINITY
      return
    }
    if (now - this.#started < STARTS_APART_MS) return
    this.#started = now
    startAgent(this.#folder)
  }

  /** At once, whenever the last stroke was. */
  ringNow(): void {
    this.#rung = Number.NEGATIVE_INFINITY
    this.ring()
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd)
    this.#fd = -1
  }

  #tell(): boolean {
    try {
      if (this.#fd < 0) this.#fd = openSync(this.#path, constants.O_WRONLY | constants.O_NONBLOCK)
      writeSync(this.#fd, STROKE)
      return true
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return true
      this.close()
      return false
    }
  }
}

/** Starts the agent of this folder as a session of its own; it leaves by itself where there is one already. */
export function startAgent(folder: string): void {
  try {
    const desk = agentFolder(folder)
    mkdirSync(desk, { recursive: true, mode: 0o700 })
    const log = openSync(join(desk, 'log'), logFlags(join(desk, 'log')), 0o600)
    const here = import.meta.url
    const main = new URL(here.endsWith('.ts') ? './agent-main.ts' : './agent-main.js', here)
    const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...environment } = process.env
    const child = spawn(process.execPath, ['--max-old-space-size=512', fileURLToPath(main), folder], {
      detached: true,
      cwd: '/',
      stdio: ['ignore', log, log],
      env: { ...environment, CUDA_VISIBLE_DEVICES: '' },
    })
    child.on('error', () => {})
    child.unref()
    closeSync(log)
  } catch {
    // the journal keeps everything; the next stroke tries again
  }
}

function logFlags(path: string): number {
  const begin = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND
  try {
    return statSync(path).size > LOG_BYTES_MAX ? begin | constants.O_TRUNC : begin
  } catch {
    return begin
  }
}
