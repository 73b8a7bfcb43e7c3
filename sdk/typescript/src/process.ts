import { existsSync, readFileSync } from 'node:fs'

/** Which process this is, and whether another one still lives. A pid alone is not enough: it is given away again. */

function statOf(pid: number): { state: string; start: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', start: Number(fields[19]) }
  } catch {
    return null
  }
}

/** Clock ticks since boot at which the process began; null where the system does not tell or there is none. */
export function processStart(pid: number): number | null {
  const start = statOf(pid)?.start
  return start !== undefined && Number.isSafeInteger(start) ? start : null
}

/** Whether the process `pid` that began at `start` still runs. A zombie does not. */
export function isAlive(pid: number, start: number | null): boolean {
  const stat = statOf(pid)
  if (stat) return stat.state !== 'Z' && stat.state !== 'X' && (start === null || stat.start === start)
  if (existsSync('/proc/self/stat')) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
