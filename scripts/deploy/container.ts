// Builds the image's folders by the Dockerfile's own steps and runs what came of it as a container engine would:
// as the image's user, as process 1 of its own process namespace, with the image's variables and no other.
// Minutes long, needs root and unshare: `npm run faults` runs it, or `node scripts/deploy/container.ts`.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbedded } from '../../server/store/embedded/index.ts'
import { followDockerfile, type Image } from './plain-folder.ts'

const say = (line: string) => console.log(line)
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

if (process.getuid?.() !== 0 || spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status !== 0) {
  say('skipped: the steps of the Dockerfile, because running them needs root and unshare')
  process.exit(0)
}

const folder = mkdtempSync(join(tmpdir(), 'trackside-image-'))
chmodSync(folder, 0o755)
try {
  await check(followDockerfile(folder, line => say(`→ ${line}`)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function check(image: Image) {
  say(`the image's own folder: ${execFileSync('du', ['-sm', image.cwd], { encoding: 'utf8' }).split('\t')[0]} MB`)
  const owner = { TRACKSIDE_INIT_EMAIL: 'owner@example.com', TRACKSIDE_INIT_PASSWORD: 'of 8 characters or more' }
  const first = await run(image, owner)
  await first.ready('on an empty volume')
  const accounts = first.execute(['node', 'scripts/admin/index.ts', 'user', 'list', '--json'])
  if (!accounts.includes(owner.TRACKSIDE_INIT_EMAIL)) throw new Error(`The first owner is not there: ${accounts}`)
  await first.kill()
  const again = await run(image, {})
  await again.ready('on the volume of a killed container')
  await again.stop()
  const calm = await run(image, {})
  await calm.ready('on the volume of a stopped container')
  await calm.stop()
  const external = await startEmbedded(join(folder, 'external'))
  try {
    const beside = await run(image, {
      DATABASE_URL: external.url,
      TRACKSIDE_SECRET: 'of-32-characters-at-the-very-least',
    })
    await beside.ready('with DATABASE_URL')
    await beside.stop()
  } finally {
    await external.stop()
  }
}

async function run(image: Image, given: Record<string, string>) {
  const begun = performance.now()
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', ...image.env, ...given, PORT: String(await freePort()) }
  const as = ['--reuid', String(image.user), '--regid', String(image.user), '--clear-groups', '--inh-caps=-all']
  const words = ['--pid', '--ipc', '--fork', '--mount-proc', '--kill-child=KILL', 'setpriv', ...as, ...image.command]
  const engine = spawn('unshare', words, { cwd: image.cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = once(engine, 'exit')
  const processOne = () => Number(readFileSync(`/proc/${engine.pid}/task/${engine.pid}/children`, 'utf8'))

  return {
    async ready(how: string) {
      const [program = '', ...args] = image.healthcheck
      const deadline = performance.now() + 60_000
      while (spawnSync(program, args, { env }).status !== 0) await patience(engine, deadline, 'HEALTHCHECK')
      while ((await fetch(`http://127.0.0.1:${env.PORT}/readyz`)).status !== 200)
        await patience(engine, deadline, '/readyz')
      const page = await fetch(`http://127.0.0.1:${env.PORT}/`)
      if (page.status !== 200) throw new Error(`The first page answers ${page.status}.`)
      say(`ready ${how}: ${seconds(begun)}`)
    },
    /** As `docker exec`. */
    execute(command: string[]): string {
      const inside = ['--target', String(processOne()), '--pid', '--mount', '--ipc', `--wdns=${image.cwd}`]
      return execFileSync('nsenter', [...inside, 'setpriv', ...as, ...command], { env, encoding: 'utf8' })
    },
    /** As `docker kill`: everything in the container at once. */
    async kill() {
      process.kill(processOne(), 'SIGKILL') // the kernel takes the others of its namespace along, and it ends last
      await ended
    },
    /** As `docker stop`: process 1 is asked, and has to end by itself. */
    async stop() {
      const asked = performance.now()
      process.kill(processOne(), 'SIGTERM')
      const [code] = await ended
      if (code !== 0) throw new Error(`Ended with ${code} when it was asked to stop.`)
      say(`stopped: ${seconds(asked)}`)
    },
  }
}

async function patience(engine: ChildProcess, deadline: number, what: string) {
  if (engine.exitCode !== null) throw new Error(`The server ended with ${engine.exitCode}.`)
  if (performance.now() > deadline) throw new Error(`${what} does not pass.`)
  await pause(50)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise(resolve => probe.close(resolve))
  return port
}
