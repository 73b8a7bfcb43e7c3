import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lock, root } from '../set-up.mjs'

export type Venv = { python: string } | { reason: string }

/** A Python with the packages, made once in `.venv/<name>`; or the reason why there is none. */
export async function ensureVenv(name: string, packages: string[][]): Promise<Venv> {
  const release = await lock(join(root, `.venv-${name}.lock`))
  try {
    return await makeVenv(join(root, '.venv', name), packages)
  } finally {
    release()
  }
}

async function makeVenv(folder: string, packages: string[][]): Promise<Venv> {
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const stampFile = join(folder, '.stamp')
  const stamp = createHash('sha256')
    .update(JSON.stringify(packages))
    .update(readFileSync(join(root, 'sdk/python/pyproject.toml')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return { python }
  const system = systemPython()
  if (!system) return { reason: 'there is no Python 3.9 or newer' }
  rmSync(folder, { recursive: true, force: true })
  const made = await run(system, ['-m', 'venv', folder])
  if (made) return { reason: `python -m venv failed (on Debian: apt install python3-venv): ${made}` }
  for (const group of packages) {
    const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...group]
    const fault = await run(python, words)
    if (fault) return { reason: `pip install ${group.join(' ')} failed: ${fault}` }
  }
  writeFileSync(stampFile, stamp)
  return { python }
}

function systemPython(): string | undefined {
  const enough = 'import sys; sys.exit(0 if sys.version_info >= (3, 9) else 1)'
  return ['python3', 'python'].find(name => spawnSync(name, ['-c', enough], { stdio: 'ignore' }).status === 0)
}

/** Runs it; the end of what it said when it failed. */
async function run(file: string, args: string[]): Promise<string | undefined> {
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
    })
  const [code] = await once(child, 'close')
  return code === 0 ? undefined : said.trim().slice(-800) || `exit code ${code}`
}
