#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { cleanUrl, credentialsPath, defaultBaseUrl, login } from './credentials.ts'
import { TracksideError } from './errors.ts'
import { defaultFolder } from './folder.ts'
import { resolveSettings } from './settings.ts'
import { describe, statusOf } from './status.ts'
import { type Synced, sync } from './sync.ts'
import { VERSION } from './version.ts'

const HELP = `trackside ${VERSION}: tracks trainings, and loses nothing.

  trackside login [KEY] [--host URL]              remember an API key for a server (- reads it from standard input)
  trackside init [--project P] [--workspace W]    print the lines that send a training here
  trackside status [DIR] [--all]                  the agent, and what is not delivered yet
  trackside sync [DIR] [--host URL] [--verify] [--id NEW]
                                                  deliver journals: of TRACKSIDE_DIR, or of one run

Each takes --json.`

interface Options {
  json?: boolean
  host?: string
  project?: string
  workspace?: string
  all?: boolean
  verify?: boolean
  id?: string
  help?: boolean
  version?: boolean
}

type Command = (options: Options, argument: string | undefined) => Promise<number>

const COMMANDS: Record<string, Command> = {
  login: loginCommand,
  init: initCommand,
  status: statusCommand,
  sync: syncCommand,
}

/** 0: done. 1: it could not be done, and the last line says why. 2: it cannot be meant like this. */
async function main(): Promise<number> {
  const { values, positionals } = parsed()
  const [name = '', argument, ...more] = positionals
  if (values.version) return print(values, { version: VERSION }, VERSION)
  const command = COMMANDS[name]
  if (values.help || !command || more.length > 0) {
    print({}, null, HELP)
    return values.help ? 0 : 2
  }
  return command(values, argument)
}

function parsed(): { values: Options; positionals: string[] } {
  const flag = { type: 'boolean' } as const
  const text = { type: 'string' } as const
  const options = {
    json: flag,
    all: flag,
    verify: flag,
    help: flag,
    version: flag,
    host: text,
    project: text,
    workspace: text,
    id: text,
  }
  return parseArgs({ allowPositionals: true, options })
}

async function loginCommand(options: Options, given: string | undefined): Promise<number> {
  const baseUrl = options.host ? cleanUrl(options.host) : defaultBaseUrl()
  const question = `API key for ${baseUrl} (from ${baseUrl}, Settings, Keys): `
  login(given === '-' ? readFileSync(0, 'utf8') : (given ?? (await asked(question))), baseUrl)
  const path = credentialsPath()
  return print(options, { ok: true, base_url: baseUrl, path }, `The key for ${baseUrl} is kept in ${path}.`)
}

async function asked(question: string): Promise<string> {
  if (!process.stdin.isTTY) return ''
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

async function initCommand(options: Options): Promise<number> {
  const { project, workspace, baseUrl, apiKey } = resolveSettings({
    project: options.project,
    workspace: options.workspace,
  })
  const where = workspace ? `, workspace: '${workspace}'` : ''
  const lines = [
    "import * as trackside from 'trackside'",
    `const run = await trackside.init({ project: '${project}'${where}, config: { lr: 1e-3 } })`,
    'for (let step = 0; step < 100; step++)',
    "  run.log({ 'train/loss': 1 / (step + 1) })",
    'await run.finish()',
  ]
  const first = apiKey ? [] : ['', `// first: trackside login --host ${baseUrl}`]
  const value = { base_url: baseUrl, key: apiKey !== undefined, workspace: workspace ?? null, project, lines }
  return print(options, value, [...lines, ...first].join('\n'))
}

async function statusCommand(options: Options, dir: string | undefined): Promise<number> {
  const found = statusOf(folderOf(dir), options.all)
  return print(options, found, describe(found))
}

async function syncCommand(options: Options, dir: string | undefined): Promise<number> {
  const folder = folderOf(dir)
  if (!existsSync(folder)) throw new TracksideError(`${folder} is not a folder`)
  const { verify = false, host, id } = options
  const told = { ...(host === undefined ? {} : { host }), ...(id === undefined ? {} : { id }) }
  const results = await sync(folder, { verify, ...told })
  print(options, results, results.map(lineOf).join('\n') || 'Everything is delivered.')
  return results.some(result => result.error !== null || result.verified === false) ? 1 : 0
}

function lineOf({ run, writer, receipt, verified, error }: Synced): string {
  const counts = Object.entries(receipt).map(([name, count]) => `${count} ${name}`)
  const proof = verified === undefined ? [] : [verified ? 'verified' : 'NOT the same on both sides']
  return [run, `writer ${writer.slice(0, 8)}`, counts.join(', '), ...proof, ...(error ? [error] : [])].join(' · ')
}

function folderOf(dir: string | undefined): string {
  return resolve(dir ?? process.env.TRACKSIDE_DIR ?? process.env.WANDB_DIR ?? defaultFolder())
}

function print(options: Options, value: unknown, text: string): number {
  process.stdout.write(`${options.json ? JSON.stringify(value) : text}\n`)
  return 0
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`trackside: ${error instanceof Error ? error.message : error}\n`)
    const code = (error as NodeJS.ErrnoException)?.code ?? ''
    process.exit(code.startsWith('ERR_PARSE_ARGS') ? 2 : 1)
  },
)
