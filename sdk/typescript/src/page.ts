import { join } from 'node:path'
import { readJson, replaceJson } from './folder.ts'
import { sayOnce } from './say.ts'
import type { Launch } from './writer.ts'

const LOOKS_APART_MS = 250

/**
 * The run's page: its address as soon as it can be known (from the run's settings, from an earlier run with the same key, or
 * from the server's first answer), and the one line that says it.
 */
export class Page {
  readonly #header: Launch['header']
  readonly #wordsPath: string
  readonly #memory: string
  #watch: NodeJS.Timeout | null = null
  #told: boolean

  constructor({ folder, online, header }: Launch, wordsPath: string) {
    this.#header = header
    this.#wordsPath = wordsPath
    this.#memory = join(folder, 'workspaces.json')
    this.#told = !online
  }

  /** Null offline, and while nobody has said yet which workspace the key belongs to. */
  get url(): string | null {
    const { mode, base_url, workspace, project, run } = this.#header
    if (mode !== 'online') return null
    const told = readJson(this.#wordsPath)?.url
    if (typeof told === 'string' && told) return told
    const known = workspace ?? this.#remembered()[this.#key]
    return known ? `${base_url}/${[known, project].map(encodeURIComponent).join('/')}/runs/${run}` : null
  }

  /** Looks now and then until the server has answered; keeps no program from its end. */
  watch(): void {
    if (!this.#told) this.#watch = setInterval(() => this.look(), LOOKS_APART_MS).unref()
  }

  /** Once the server has answered: remembers the workspace for runs to come, and says the address unless it was said. */
  look(): void {
    const words = this.#told ? null : readJson(this.#wordsPath)
    if (!words?.url) return
    this.#told = true
    this.close()
    this.#remember(words.workspace)
    this.say(String(words.name ?? this.#header.run))
  }

  /** One line with the address, once a run; false while there is none. */
  say(name: string): boolean {
    const { url } = this
    if (url !== null) sayOnce(`run ${name}: ${url}`, `page ${this.#header.run}`)
    return url !== null
  }

  close(): void {
    if (this.#watch) clearInterval(this.#watch)
    this.#watch = null
  }

  get #key(): string {
    return `${this.#header.base_url} ${this.#header.key_hint}`
  }

  #remembered(): Record<string, string> {
    return this.#header.key_hint ? ((readJson(this.#memory) ?? {}) as Record<string, string>) : {}
  }

  #remember(workspace: unknown): void {
    if (this.#header.workspace || !this.#header.key_hint || typeof workspace !== 'string') return
    const known = this.#remembered()
    if (known[this.#key] === workspace) return
    try {
      replaceJson(this.#memory, { ...known, [this.#key]: workspace }, 0o600)
    } catch {
      // only the next run's address comes later
    }
  }
}
