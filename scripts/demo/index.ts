// `npm run demo`: the server on its own database, a workspace with an owner, and a real training that logs to it.
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { onSignals } from '../../server/on-signals.ts'
import { readSettings } from '../../server/settings.ts'
import { type RunningServer, startServer } from '../../server/start-server.ts'
import { stopAgents } from '../agents.ts'
import { type DemoOwner, demoOwner } from './owner.ts'
import { prepareProject } from './project.ts'
import { chooseTraining, startTraining, stopTraining } from './training.ts'

const say = (line: string) => console.log(line)
const environment = { TRACKSIDE_LOG_LEVEL: 'warn', ...process.env }
const { TRACKSIDE_DATA_DIR: dataDir } = readSettings(environment)
const journals = join(dataDir, 'sdk')
const project = 'demo'

function welcome(url: string, { email, password, workspace }: DemoOwner) {
  say(`
  Trackside   ${url}
  Sign in     ${email}
  Password    ${password}
  Open        ${url}/${workspace}/${project}

  A training starts now; its charts move as it goes. Ctrl-C stops everything.
`)
}

function train(training: [string, string[]], server: RunningServer, owner: DemoOwner): ChildProcess {
  return startTraining(training, {
    ...process.env,
    TRACKSIDE_BASE_URL: server.url,
    TRACKSIDE_API_KEY: owner.key,
    TRACKSIDE_WORKSPACE: owner.workspace,
    TRACKSIDE_PROJECT: project,
    TRACKSIDE_DIR: journals,
    TRACKSIDE_MODE: 'online',
  })
}

async function demo() {
  const owner = demoOwner(dataDir, environment)
  const settings = readSettings({
    ...environment,
    TRACKSIDE_INIT_EMAIL: owner.email,
    TRACKSIDE_INIT_PASSWORD: owner.password,
    TRACKSIDE_INIT_WORKSPACE: owner.workspace,
    TRACKSIDE_INIT_API_KEY: owner.key,
  })
  let leaving = false
  const starting = startServer(settings, { pages: 'built' })
  const training = starting.then(async server => {
    await prepareProject(server.house, owner, project)
    if (leaving) return undefined
    welcome(server.url, owner)
    const training = await chooseTraining(line => leaving || say(line))
    return leaving ? undefined : train(training, server, owner)
  })
  const leave = async () => {
    if (leaving) return
    leaving = true
    say('\nStopping: the training, its agent, the server, the database.')
    const running = await training
    if (running) await stopTraining(running)
    await stopAgents(journals)
    await (await starting).stop()
    process.exit(0)
  }
  onSignals(() => leave().catch(fail))

  const running = await training
  running?.once('exit', code => {
    if (!leaving)
      say(code === 0 ? 'The training is done; the server stays. Ctrl-C stops it.' : `The training ended with ${code}.`)
  })
}

function fail(error: unknown) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

demo().catch(fail)
