import type { JsonReal } from '../../../protocol/json-real.ts'
import { cleanUrl, defaultBaseUrl, missingKey, rememberedKey } from './credentials.ts'
import { ServerError, TracksideError, UsageError } from './errors.ts'

/** Reading back, lossless, over GET /api/v1/… */

/** Every point of a key in order of commit: arrays of equal length; `writers` where several label sets are in it. */
export interface Series {
  steps: number[]
  /** ms since 1970 UTC. */
  times: number[]
  values: number[]
  writers?: string[]
}

export interface ApiOptions {
  /** What a training would use, unless given. */
  key?: string | undefined
  host?: string | undefined
}

interface RunRecord {
  id: string
  name: string | null
  state: string
  url?: string
  tags?: string[]
  notes?: string | null
  config?: Record<string, unknown>
  summary?: Record<string, unknown>
  keys?: (string | { key: string })[]
}

type Query = [string, string][]

/** Reads what a server holds. */
export class Api {
  readonly baseUrl: string
  readonly #key: string | null

  constructor({ key, host }: ApiOptions = {}) {
    const { env } = process
    this.baseUrl = host ? cleanUrl(host) : defaultBaseUrl()
    this.#key = key || env.TRACKSIDE_API_KEY || env.WANDB_API_KEY || rememberedKey(this.baseUrl)
  }

  /** `workspace/project/run`. Throws ServerError (`NOT_FOUND`) where there is none. */
  async run(path: string): Promise<RunView> {
    const address = addressOf(path, 3)
    return new RunView(this, address, await this.get<RunRecord>(address))
  }

  /** The runs of `workspace/project`, page by page. `filters` is the filter language of the run table. */
  async *runs(path: string, { filters, order, perPage = 50 }: RunsOptions = {}): AsyncGenerator<RunView> {
    const address = addressOf(path, 2)
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query: Query = [['limit', String(perPage)]]
      if (filters) query.push(['filter', filters])
      if (order) query.push(['order', order])
      if (cursor) query.push(['cursor', cursor])
      const page: RunsPage = await this.get<RunsPage>(`${address}/runs`, query)
      for (const record of page.runs)
        yield new RunView(this, `${address}/runs/${encodeURIComponent(record.id)}`, record)
      cursor = page.cursor ?? null
    }
  }

  /** The JSON at `/api/v1/<address>`. ServerError: an answer that is an error. TracksideError: none. UsageError: no key. */
  async get<T>(address: string, query: Query = []): Promise<T> {
    const asked = query.length > 0 ? `?${new URLSearchParams(query)}` : ''
    const headers = { accept: 'application/json', ...(this.#key ? { authorization: `Bearer ${this.#key}` } : {}) }
    let answer: Response
    try {
      answer = await fetch(`${this.baseUrl}/api/v1/${address}${asked}`, { headers })
    } catch (error) {
      throw new TracksideError(`${this.baseUrl} gave no answer: ${error}`)
    }
    const body = await answer.json().catch(() => null)
    if (answer.ok && body !== null) return body as T
    if (answer.status === 401 && !this.#key) throw new UsageError(missingKey(this.baseUrl))
    const { code = 'HTTP', message = answer.statusText } =
      (body as { error?: { code?: string; message?: string } })?.error ?? {}
    throw new ServerError(code, message, answer.status)
  }
}

export interface RunsOptions {
  filters?: string
  order?: string
  perPage?: number
}

interface RunsPage {
  runs: RunRecord[]
  cursor?: string | null
}

/** One run, as the server has it. `refresh()` asks again. */
export class RunView {
  readonly #api: Api
  readonly #address: string
  #record: RunRecord

  constructor(api: Api, address: string, record: RunRecord) {
    this.#api = api
    this.#address = address
    this.#record = record
  }

  async refresh(): Promise<this> {
    this.#record = await this.#api.get<RunRecord>(this.#address)
    return this
  }

  get id(): string {
    return this.#record.id
  }

  get name(): string | null {
    return this.#record.name
  }

  get state(): string {
    return this.#record.state
  }

  get tags(): string[] {
    return [...(this.#record.tags ?? [])]
  }

  get notes(): string | null {
    return this.#record.notes || null
  }

  get url(): string | null {
    return this.#record.url ?? null
  }

  get config(): Record<string, unknown> {
    return { ...this.#record.config }
  }

  get summary(): Record<string, unknown> {
    return { ...this.#record.summary }
  }

  /** The keys that have points. */
  get keys(): string[] {
    return (this.#record.keys ?? []).map(key => (typeof key === 'string' ? key : key.key))
  }

  /** Every point of one key; `labels` for one of several series. */
  async series(key: string, labels: Record<string, string | number> = {}): Promise<Series> {
    const query: Query = [['key', key]]
    const named = Object.entries(labels).map(([name, value]) => `${name}:${value}`)
    if (named.length > 0) query.push(['labels', named.join(',')])
    const found = await this.#api.get<Record<string, RawSeries>>(`${this.#address}/series`, query)
    const series = Object.hasOwn(found, key) ? found[key] : undefined
    return series ? { ...series, values: series.values.map(Number) } : { steps: [], times: [], values: [] }
  }

  /**
   * Every step with what was logged at it, rising; the last revision of each. Without `keys`: what the program logged; with
   * the stream `system` the telemetry, whose steps are milliseconds.
   */
  async scanHistory(
    keys?: string[] | undefined,
    stream: 'default' | 'system' = 'default',
  ): Promise<Record<string, number>[]> {
    if (!keys && !this.#record.keys) await this.refresh() // a list of runs does not tell them
    const names = keys ?? this.keys.filter(key => key.startsWith('system/') === (stream === 'system'))
    const rows = new Map<number, Record<string, number>>()
    for (const key of names) {
      const { steps, times, values } = await this.series(key)
      steps.forEach((step, i) => {
        const row = rows.get(step) ?? { _step: step, _timestamp: (times[i] as number) / 1000 }
        row[key] = values[i] as number
        rows.set(step, row)
      })
    }
    return [...rows.values()].toSorted((a, b) => (a._step as number) - (b._step as number))
  }

  /** At most `samples` rows of `scanHistory`, evenly chosen, first and last among them. */
  async history(
    samples = 500,
    keys?: string[] | undefined,
    stream: 'default' | 'system' = 'default',
  ): Promise<Record<string, number>[]> {
    const rows = await this.scanHistory(keys, stream)
    if (rows.length <= samples || samples < 2) return rows.slice(0, Math.max(0, samples))
    return Array.from({ length: samples }, (_, i) => rows[Math.floor((i * (rows.length - 1)) / (samples - 1))] ?? {})
  }
}

/** JSON has no word for what is not finite: those are strings. */
type RawSeries = Omit<Series, 'values'> & { values: JsonReal[] }

function addressOf(path: string, parts: 2 | 3): string {
  let names = path.replace(/^\/|\/$/g, '').split('/')
  if (parts === 3 && names.length === 4 && names[2] === 'runs') names = names.toSpliced(2, 1)
  if (names.length !== parts || names.includes(''))
    throw new UsageError(
      `${JSON.stringify(path)} is not ${parts === 3 ? 'workspace/project/run' : 'workspace/project'}`,
    )
  const [workspace, project, run] = names.map(encodeURIComponent)
  return `${workspace}/${project}${run === undefined ? '' : `/runs/${run}`}`
}
