import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { cleanUrl, defaultBaseUrl, rememberedKey } from './credentials.ts'
import { UsageError } from './errors.ts'

const RUN_ID = /^[A-Za-z0-9_.-]{1,64}$/
const MODES = ['online', 'offline', 'disabled'] as const
const RESUMES = ['never', 'must', 'allow', 'auto'] as const

export type Mode = (typeof MODES)[number]
export type Resume = (typeof RESUMES)[number]

/** All of it may also come from `TRACKSIDE_<NAME>`, e.g. `TRACKSIDE_BASE_URL`, `TRACKSIDE_TAGS=a,b`. */
export interface Settings {
  baseUrl?: string | undefined
  apiKey?: string | undefined
  workspace?: string | undefined
  project?: string | undefined
  mode?: Mode | undefined
  /** The folder of journals. */
  dir?: string | undefined
  runId?: string | undefined
  name?: string | undefined
  group?: string | undefined
  jobType?: string | undefined
  notes?: string | undefined
  tags?: string[] | undefined
  /** Tell this process' series from those of others, e.g. `{ rank: 0 }`. */
  labels?: Record<string, string | number> | undefined
  resume?: Resume | undefined
  telemetry?: boolean | undefined
  /** False: a stop that somebody asks for on the run's page is told by `run.stopAsked` only. */
  stoppable?: boolean | undefined
  /** Seconds. */
  initTimeout?: number | undefined
  finishTimeout?: number | undefined
  silent?: boolean | undefined
}

/** Every setting with its value: from arguments, then `settings`, TRACKSIDE_*, WANDB_* of the same meaning, defaults. */
export interface Chosen extends Settings {
  baseUrl: string
  /** Whether somebody said which server; else an offline run goes where `trackside sync` is told to. */
  namedServer: boolean
  project: string
  mode: Mode
  tags: string[]
  labels: Record<string, string>
  telemetry: boolean
  stoppable: boolean
  initTimeout: number
  finishTimeout: number
}

type Name = keyof Settings

/** The variable's name behind TRACKSIDE_, and the one behind WANDB_ where that has the same meaning. */
const VARIABLES: Record<Name, [string, string | null]> = {
  baseUrl: ['BASE_URL', 'BASE_URL'],
  apiKey: ['API_KEY', 'API_KEY'],
  workspace: ['WORKSPACE', 'ENTITY'],
  project: ['PROJECT', 'PROJECT'],
  mode: ['MODE', 'MODE'],
  dir: ['DIR', 'DIR'],
  runId: ['RUN_ID', 'RUN_ID'],
  name: ['NAME', 'NAME'],
  group: ['GROUP', 'RUN_GROUP'],
  jobType: ['JOB_TYPE', 'JOB_TYPE'],
  notes: ['NOTES', 'NOTES'],
  tags: ['TAGS', 'TAGS'],
  labels: ['LABELS', null],
  resume: ['RESUME', 'RESUME'],
  telemetry: ['TELEMETRY', null],
  stoppable: ['STOPPABLE', null],
  initTimeout: ['INIT_TIMEOUT', null],
  finishTimeout: ['FINISH_TIMEOUT', null],
  silent: ['SILENT', 'SILENT'],
}

/** One complete set of settings. UsageError names the first thing that cannot be meant. */
export function resolveSettings(given: Settings, settings: Settings = {}): Chosen {
  const unknown = Object.keys({ ...given, ...settings }).filter(name => !(name in VARIABLES))
  if (unknown.length > 0)
    throw new UsageError(`unknown ${unknown.join(', ')}; known are ${Object.keys(VARIABLES).join(', ')}`)
  const chosen: Record<string, unknown> = {}
  for (const name of Object.keys(VARIABLES) as Name[])
    chosen[name] = given[name] ?? settings[name] ?? fromEnvironment(name) ?? undefined
  return completed(chosen as Settings)
}

function completed(chosen: Settings): Chosen {
  const mode = (chosen.mode as string) === 'dryrun' ? 'offline' : (chosen.mode ?? 'online')
  check({ ...chosen, mode })
  const baseUrl = chosen.baseUrl ? cleanUrl(chosen.baseUrl) : defaultBaseUrl()
  return {
    ...chosen,
    mode,
    baseUrl,
    namedServer: Boolean(chosen.baseUrl),
    apiKey: chosen.apiKey || (mode === 'disabled' ? undefined : (rememberedKey(baseUrl) ?? undefined)),
    project: chosen.project || projectOfProgram(),
    tags: typeof chosen.tags === 'string' ? [chosen.tags] : [...(chosen.tags ?? [])],
    labels: Object.fromEntries(Object.entries(chosen.labels ?? {}).map(([name, label]) => [name, String(label)])),
    telemetry: chosen.telemetry !== false,
    stoppable: chosen.stoppable !== false,
    initTimeout: chosen.initTimeout ?? 10,
    finishTimeout: chosen.finishTimeout ?? 30,
  }
}

function check({ mode, resume, runId, project, labels }: Settings): void {
  if (!MODES.includes(mode as Mode)) throw new UsageError(`mode is ${shown(mode)}; it is one of ${MODES.join(', ')}`)
  if (resume !== undefined && !RESUMES.includes(resume))
    throw new UsageError(`resume is ${shown(resume)}; it is one of ${RESUMES.join(', ')}, or absent`)
  if (runId !== undefined && !RUN_ID.test(runId))
    throw new UsageError(`id is ${shown(runId)}; it is 1 to 64 of A-Z a-z 0-9 _ . -`)
  if (resume === 'must' && runId === undefined) throw new UsageError("resume: 'must' needs the id of the run")
  if (project !== undefined && (project.length === 0 || project.length > 500))
    throw new UsageError('project is 1 to 500 characters')
  if (labels !== undefined && (typeof labels !== 'object' || labels === null || Array.isArray(labels)))
    throw new UsageError('labels is an object, e.g. { rank: 0 }')
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}

function fromEnvironment(name: Name): unknown {
  const [own, other] = VARIABLES[name]
  const text = process.env[`TRACKSIDE_${own}`] ?? (other ? process.env[`WANDB_${other}`] : undefined)
  return text ? parse(name, text) : undefined
}

function parse(name: Name, text: string): unknown {
  if (name === 'tags')
    return text
      .split(',')
      .map(tag => tag.trim())
      .filter(Boolean)
  if (name === 'labels')
    return Object.fromEntries(
      text
        .split(',')
        .filter(part => part.includes('='))
        .map(labelOf),
    )
  if (name === 'telemetry' || name === 'silent' || name === 'stoppable') return !/^(0|false|no|off)$/i.test(text)
  if (name === 'initTimeout' || name === 'finishTimeout') {
    const seconds = Number(text)
    if (Number.isNaN(seconds))
      throw new UsageError(`TRACKSIDE_${VARIABLES[name][0]} is ${shown(text)}, not a number of seconds`)
    return seconds
  }
  return text
}

function labelOf(part: string): [string, string] {
  const equals = part.indexOf('=')
  return [part.slice(0, equals), part.slice(equals + 1)]
}

/** The folder of the git checkout, else the program's name, else `uncategorized`. */
function projectOfProgram(): string {
  for (let folder = process.cwd(); dirname(folder) !== folder; folder = dirname(folder))
    if (existsSync(join(folder, '.git'))) return basename(folder)
  const program = process.argv[1] ?? ''
  return basename(program, extname(program)) || 'uncategorized'
}
