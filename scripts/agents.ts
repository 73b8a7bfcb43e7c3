import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Ends the SDK's agents of a folder whose server is ended too: they would look for it for an hour. */
export async function stopAgents(folder: string): Promise<void> {
  const hosts = join(folder, 'agent')
  for (const host of existsSync(hosts) ? readdirSync(hosts) : []) {
    const nameplate = join(hosts, host, 'agent.json')
    if (!existsSync(nameplate)) continue
    const { pid } = JSON.parse(readFileSync(nameplate, 'utf8')) as { pid: number }
    if (!isAgent(pid, folder)) continue
    signal(pid, 'SIGTERM')
    for (const deadline = Date.now() + 8_000; isAgent(pid, folder) && Date.now() < deadline; ) await pause(20)
    if (isAgent(pid, folder)) signal(pid, 'SIGKILL')
  }
}

/** Process ids are used again: an agent names its folder in its command line. */
function isAgent(pid: number, folder: string): boolean {
  try {
    process.kill(pid, 0)
    const words = `/proc/${pid}/cmdline`
    return !existsSync(words) || readFileSync(words, 'utf8').includes(folder)
  } catch {
    return false
  }
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // it has ended meanwhile
  }
}
