import { mkdirSync, writeFileSync } from 'node:fs'
import { goldenFiles } from './files.ts'

/** `node protocol/golden/make.ts`: writes every golden file anew. */
const folder = new URL('.', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, bytes] of goldenFiles()) writeFileSync(new URL(name, folder), bytes)
