import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Marks the data folder as this process's. Two servers on one folder would each end the other's database. */
export function holdFolder(dataDir: string): () => void {
  const file = join(dataDir, 'server.pid')
  const holder = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  const pid = Number(holder.split(' ', 1)[0])
  if (pid && pid !== process.pid && holder === identity(pid))
    throw new Error(
      `Another Trackside server (process ${pid}) uses ${dataDir}. Stop it, or choose another folder: --data or TRACKSIDE_DATA_DIR.`,
    )
  writeFileSync(file, `${identity(process.pid)}\n`)
  return () => rmSync(file, { force: true })
}

/** Process ids are used again: on Linux the time of start tells two of them apart. */
function identity(pid: number): string {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
    } catch {
      return ''
    }
  }
  try {
    process.kill(pid, 0)
    return `${pid}`
  } catch {
    return ''
  }
}
