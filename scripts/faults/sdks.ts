import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ensureVenv } from '../python/venv.ts'
import { root } from '../set-up.mjs'

/** kill -9 of training, agent, server and database under each SDK, so many times; false where one of them lost anything. */
export const sdks = {
  typescript: (kills: number) =>
    passes(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'sdk/typescript/test/kills'], {
      TRACKSIDE_KILLS: String(kills),
    }),
  python: async (kills: number) => {
    const venv = await ensureVenv('test-without-torch', [['-e', 'sdk/python[test]']])
    if ('reason' in venv) {
      console.error(`Python SDK not killed: ${venv.reason}`)
      return false
    }
    return passes(venv.python, ['-m', 'pytest', '-q', 'sdk/python', '-k', 'kill_nine', '--kills', String(kills)], {})
  },
}

async function passes(file: string, args: string[], env: Record<string, string>): Promise<boolean> {
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  const [code] = await once(child, 'exit')
  return code === 0
}
