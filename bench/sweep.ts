import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

interface Found {
  pid: number
  command: string
}

/**
 * Ends the processes that carry the row's mark in their environment or live in its folder, however far they have detached
 * themselves, and returns the commands of those that had not ended by themselves within three seconds. Linux only.
 */
export async function sweep(mark: string, folder: string): Promise<string[]> {
  const deadline = Date.now() + 3_000
  let left = find(mark, folder)
  while (left.length && Date.now() < deadline) {
    await pause(100)
    left = find(mark, folder)
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has just ended.
    }
  }
  return left.map(({ command }) => command)
}

function find(mark: string, folder: string): Found[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap(name => {
    const pid = Number(name)
    if (!pid || pid === process.pid || !isOf(name, mark, folder)) return []
    const command = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim()
    // A zombie has no command line, and nothing that could be ended.
    return command ? [{ pid, command: command.slice(0, 120) }] : []
  })
}

// PostgreSQL overwrites its environment with its title, but stays in its data folder.
const isOf = (pid: string, mark: string, folder: string) =>
  read(`/proc/${pid}/environ`).includes(mark) || placeOf(pid).startsWith(folder)

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

function placeOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}
