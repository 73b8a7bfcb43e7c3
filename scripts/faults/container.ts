import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../set-up.mjs'

export interface Contained {
  /** What the container's start, kill and stop took, in its own words; or the reason why it could not run here. */
  said: string[]
  failed: number
}

/** The image's steps and its container, killed and started again on its volume: scripts/deploy/container.ts. */
export async function killContainer(): Promise<Contained> {
  const child = spawn(process.execPath, [join(root, 'scripts/deploy/container.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const said: string[] = []
  for await (const line of createInterface(child.stdout)) {
    console.log(line)
    if (/^(ready|stopped|skipped|the image)/.test(line)) said.push(line)
  }
  const [code] = (await ended) as [number | null]
  return { said, failed: code === 0 ? 0 : 1 }
}
