import type { MetricDefinition } from './definition.ts'
import { TracksideError, UsageError } from './errors.ts'
import type { Config, Told } from './mapping.ts'
import type { Receipt } from './receipt.ts'
import type { FinishOptions, LogOptions, Run } from './run.ts'
import { say } from './say.ts'
import { resolveSettings, type Settings } from './settings.ts'
import { start } from './start.ts'

/** Everything of `Settings`, and what a run starts with. */
export interface InitOptions extends Omit<Settings, 'runId'> {
  /** 1 to 64 of `A-Z a-z 0-9 _ . -`. A new one makes a run; one that exists is joined as one more writer. */
  id?: string | undefined
  /** What the run is started with, e.g. hyperparameters. */
  config?: object | undefined
  settings?: Settings | undefined
}

/** The current run; null before `init` and after its `finish`. */
export let run: Run | null = null

/**
 * Begins a run and makes it the current one. Only `resume: 'never' | 'must'` wait for the server, at most `initTimeout`
 * seconds; every other call never touches the network. Throws UsageError for an argument that cannot be meant, or a clear no.
 */
export async function init(options: InitOptions = {}): Promise<Run> {
  if (run) {
    say(`run ${run.id} is still open; init() gives it back. finish() it to start another.`)
    return run
  }
  const { id, config, settings, ...given } = options
  if (config !== undefined && (typeof config !== 'object' || config === null))
    throw new UsageError('config is an object')
  const chosen = resolveSettings({ ...given, ...(id === undefined ? {} : { runId: id }) }, settings)
  run = await start(chosen, config, ended => {
    if (run === ended) run = null
  })
  return run
}

/** `run.log` of the current run. */
export function log(data: object, options?: LogOptions): void {
  needed('log').log(data, options)
}

/** `run.defineMetric` of the current run. */
export function defineMetric(name: string, said?: MetricDefinition): void {
  needed('defineMetric').defineMetric(name, said)
}

/** `run.finish` of the current run; null where there is none. */
export async function finish(options?: FinishOptions): Promise<Receipt | null> {
  return run ? run.finish(options) : null
}

function needed(name: string): Run {
  if (!run) throw new TracksideError(`trackside.${name} needs a run: await trackside.init() first`)
  return run
}

/** The current run's object, whichever that is at the time. */
function ofCurrent(name: 'config' | 'summary'): Config {
  const of = () => needed(name)[name]
  return new Proxy({} as Config, {
    get: (_, key) => Reflect.get(of(), key),
    set: (_, key, value) => Reflect.set(of(), key, value),
    has: (_, key) => Reflect.has(of(), key),
    deleteProperty: (_, key) => Reflect.deleteProperty(of(), key),
    ownKeys: () => Reflect.ownKeys(of()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(of(), key),
  })
}

export const config: Config = ofCurrent('config')
export const summary: Told = ofCurrent('summary')
