import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../set-up.mjs'
import type { Outcome } from './command.ts'
import { listedFiles } from './tree.ts'

const linesMax = 300

/** Lines of our files: none above 300 (Biome sees the TypeScript ones, this Python too); median and 90th percentile told. */
export function fileSizes(): Outcome {
  const files = listedFiles().filter(path => /[.](tsx?|mjs|py)$/.test(path))
  const sizes = files.map(path => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
  sizes.sort((a, b) => a.lines - b.lines)
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)]?.lines ?? 0
  const long = sizes.filter(({ lines }) => lines > linesMax).map(({ path, lines }) => `${path}: ${lines} lines`)
  const summary = `${sizes.length} files, median ${at(0.5)} lines, 90th percentile ${at(0.9)}, longest ${at(1)}`
  return { ok: long.length === 0, output: [...long, summary].join('\n') }
}
