import { join, resolve } from 'node:path'
import { Agent, say, takeDesk } from './agent.ts'
import { FileLock } from './flock.ts'
import { agentFolder, readJson, replaceJson } from './folder.ts'
import { isAlive, processStart } from './process.ts'
import { tidy } from './shelf.ts'
import { SDK } from './version.ts'

/** `node agent-main.js DIR`: one process a machine and folder that delivers every journal in it. */
async function main(folder: string): Promise<void> {
  const lock = takeDesk(folder)
  const nameplate = join(agentFolder(folder), 'agent.json')
  if (lock === 'taken') return
  if (lock === 'unknown') {
    // no flock on this system: the one who is named and lives stays. Marks make a second sender harmless.
    const other = readJson(nameplate)
    if (other && isAlive(Number(other.pid), (other.start as number | null) ?? null)) return
  }
  const { pid } = process
  replaceJson(nameplate, { pid, start: processStart(pid), sdk: SDK, protocol: 1, since: Date.now() })
  say(`agent ${pid} takes care of ${folder}`)
  tidy(join(folder, 'runs'))
  const agent = new Agent(folder)
  process.on('SIGTERM', () => agent.stop())
  process.on('SIGINT', () => {})
  process.on('SIGHUP', () => {})
  await agent.run()
  say(`agent ${pid} leaves`)
  if (lock instanceof FileLock) lock.release()
}

const [, , folder] = process.argv
if (!folder) {
  process.stderr.write('usage: agent-main.js DIR\n')
  process.exit(2)
}
main(resolve(folder)).then(
  () => process.exit(0),
  (error: unknown) => {
    say(`the agent fails: ${error instanceof Error ? error.stack : error}`)
    process.exit(1)
  },
)
