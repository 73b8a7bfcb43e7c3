import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../set-up.mjs'

export interface Outcome {
  ok: boolean
  output: string
  /** What a tool printed for machines, without its warnings. */
  stdout?: string
}

const tools = {
  biome: '@biomejs/biome/bin/biome',
  tsc: 'typescript/bin/tsc',
  depcruise: 'dependency-cruiser/bin/dependency-cruiser.mjs',
  knip: 'knip/bin/knip.js',
} as const

/** Runs one of the checking tools in a folder, with the Node that runs us. */
export async function tool(name: keyof typeof tools, args: string[], cwd = root): Promise<Required<Outcome>> {
  const child = spawn(process.execPath, [join(root, 'node_modules', tools[name]), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let output = ''
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output += chunk
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', chunk => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  return { ok: code === 0, output, stdout }
}
