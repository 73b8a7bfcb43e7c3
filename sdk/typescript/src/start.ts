import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { handOver, missingKey } from './credentials.ts'
import { captureLater } from './environment.ts'
import { forgetOpen, rememberOpen } from './exits.ts'
import { launchName, readJson, replaceJson, usableFolder } from './folder.ts'
import { Run } from './run.ts'
import { beSilent, say } from './say.ts'
import type { Chosen } from './settings.ts'
import { heedStop } from './stop.ts'
import { type Launch, newWriterId, Writer } from './writer.ts'

/** From settings to a run that is being delivered. */
export async function start(chosen: Chosen, config: object | undefined, onEnd: (run: Run) => void): Promise<Run> {
  if (chosen.silent !== undefined) beSilent(chosen.silent)
  if (chosen.mode === 'disabled') {
    const run = new Run(chosen, chosen.runId ?? newRunId(), null, onEnd)
    if (config) run.config.update(config)
    return run
  }
  const { folder, warning } = usableFolder(chosen.dir)
  if (warning) say(warning)
  const id = chooseId(chosen, folder)
  const writerId = newWriterId()
  const launch = {
    folder,
    name: launchName(writerId),
    online: chosen.mode === 'online',
    header: headerMembers(chosen, id, folder),
  }
  const writer = new Writer(launch, writerId)
  const run = new Run(chosen, id, writer, (ended, endedWell) => {
    unheed()
    forgetOpen(ended)
    if (endedWell) rememberEnd(ended, folder)
    onEnd(ended)
  })
  const unheed = launch.online ? heedStop(run) : () => {}
  const info = infoOf(chosen)
  if (Object.keys(info).length > 0) run.tell({ k: 'info', ...info })
  if (config) run.config.update(config)
  if (launch.header.condition && launch.online) await run.checkCondition(chosen.initTimeout)
  rememberOpen(run)
  run.waitFor(captureLater(run))
  sayWhere(run, writer)
  return run
}

/** A UUIDv7 in hex: ids sort by the time they were made. */
export function newRunId(): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return bytes.toString('hex')
}

interface Last {
  run?: string
  ended?: boolean
}

/** `auto.json` remembers each project's last run in this folder, and whether it ended well. */
function chooseId(chosen: Chosen, folder: string): string {
  const known = readJson(join(folder, 'auto.json')) ?? {}
  const last = known[chosen.project] as Last | undefined
  const again = chosen.resume === 'auto' && last && !last.ended ? last.run : undefined
  const id = chosen.runId ?? again ?? newRunId()
  remember(folder, { ...known, [chosen.project]: { run: id, ended: false } })
  return id
}

function rememberEnd(run: Run, folder: string): void {
  const known = readJson(join(folder, 'auto.json')) ?? {}
  const last = known[run.project] as Last | undefined
  if (last?.run === run.id) remember(folder, { ...known, [run.project]: { run: run.id, ended: true } })
}

function remember(folder: string, known: Record<string, unknown>): void {
  try {
    replaceJson(join(folder, 'auto.json'), Object.fromEntries(Object.entries(known).slice(-1000)))
  } catch {
    // only resume: 'auto' misses it
  }
}

function headerMembers(chosen: Chosen, run: string, folder: string): Launch['header'] {
  const { project, workspace = null, baseUrl, labels, mode, resume, apiKey } = chosen
  const header: Launch['header'] = {
    run,
    project,
    workspace,
    base_url: baseUrl,
    labels,
    mode: mode === 'offline' ? 'offline' : 'online',
  }
  if (!chosen.namedServer) header.named_server = false
  if (!chosen.telemetry) header.telemetry = false
  if (resume === 'never' || resume === 'must') header.condition = resume
  if (apiKey) {
    try {
      header.key_hint = handOver(folder, baseUrl, apiKey)
    } catch (error) {
      say(`the key could not be handed to the agent: ${error}`)
    }
  } else if (mode === 'online') say(`${missingKey(baseUrl)}. Points wait in the journal`)
  return header
}

function infoOf({ name, notes, tags, group, jobType }: Chosen) {
  return {
    ...(name ? { name } : {}),
    ...(notes ? { notes } : {}),
    ...(tags.length > 0 ? { tags: [...new Set(tags)] } : {}),
    ...(group ? { group } : {}),
    ...(jobType ? { job_type: jobType } : {}),
  }
}

function sayWhere(run: Run, { page }: Writer): void {
  const name = run.name ?? run.id
  page.watch()
  if (run.offline) say(`run ${run.id} is kept in ${run.dir}; \`trackside sync ${run.dir}\` delivers it`)
  else if (!page.say(name)) say(`run ${name} goes to ${run.settings.baseUrl}`)
}
