import { execFile } from 'node:child_process'
import { redactText } from './redact.ts'

const LONGEST_DIFF = 200_000

/** Remote, branch, commit, and what is not committed (at most 200,000 characters); null outside of a checkout. */
export async function gitState(cwd: string): Promise<Record<string, unknown> | null> {
  const commit = await git(cwd, 'rev-parse', 'HEAD')
  if (commit === null) return null
  const [remote, branch, status] = await Promise.all([
    git(cwd, 'config', '--get', 'remote.origin.url'),
    git(cwd, 'rev-parse', '--abbrev-ref', 'HEAD'),
    git(cwd, 'status', '--porcelain', '--untracked-files=no'),
  ])
  const state: Record<string, unknown> = { commit: commit.trim() }
  if (remote) state.remote = redactText(remote.trim())
  if (branch && branch.trim() !== 'HEAD') state.branch = branch.trim()
  state.dirty = Boolean(status?.trim())
  if (state.dirty) {
    const diff = redactText((await git(cwd, 'diff', '--no-ext-diff', '--no-color', 'HEAD')) ?? '')
    state.diff = diff.slice(0, LONGEST_DIFF).toWellFormed()
    state.diff_cut = diff.length > LONGEST_DIFF
  }
  return state
}

function git(cwd: string, ...args: string[]): Promise<string | null> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' }
  return new Promise(resolve => {
    execFile('git', args, { cwd, env, timeout: 5000, maxBuffer: 64 << 20 }, (error, stdout) =>
      resolve(error ? null : stdout),
    )
  })
}
