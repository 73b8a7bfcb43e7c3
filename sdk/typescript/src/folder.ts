import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir, hostname, tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

/** Where journals, keys and the agent's files lie: the layout of protocol/agent.md. */

export function defaultFolder(): string {
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'trackside')
}

/** An absolute folder that can be written, and a warning where it is not the one that was wanted. */
export function usableFolder(wanted: string | undefined): { folder: string; warning?: string } {
  const folder = resolve(wanted || defaultFolder())
  const reason = refusalOf(folder)
  if (reason === null) return { folder }
  const spare = join(tmpdir(), `trackside-${userInfo().uid}`)
  if (refusalOf(spare) === null)
    return { folder: spare, warning: `${folder} cannot be written (${reason}); journals go to ${spare}` }
  return { folder, warning: `${folder} cannot be written (${reason}); points wait in memory only` }
}

function refusalOf(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    mkdirSync(join(folder, 'runs'), { recursive: true, mode: 0o700 })
    accessSync(join(folder, 'runs'), constants.W_OK | constants.X_OK)
    return null
  } catch (error) {
    return codeOf(error)
  }
}

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException)?.code ?? String(error)
}

export function hostName(): string {
  return hostname() || 'localhost'
}

export function agentFolder(folder: string, host = hostName()): string {
  return join(folder, 'agent', host.replaceAll(/[^A-Za-z0-9.-]/g, '_'))
}

/** YYYYMMDD-HHMMSS-<first 8 hex of the first writer> */
export function launchName(writer: string, now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}-${writer.slice(0, 8)}`
}

/** Writes JSON beside and renames it, so that readers see the old or the new, whole. */
export function replaceJson(path: string, value: unknown, mode = 0o644): void {
  const beside = `${path}.${process.pid}.tmp`
  writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`, { mode })
  renameSync(beside, path)
}

/** The object in a JSON file, or null. */
export function readJson(path: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
