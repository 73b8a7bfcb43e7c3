// Makes prisma/generated from prisma/schema.prisma without the network. Plain JavaScript: it runs before anything is built.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const generated = join(root, 'prisma/generated')
const stampFile = join(generated, '.stamp')

/** Generates the client unless it was made from this very schema. */
export function prismaGenerate(node = process.execPath) {
  const inputs = ['prisma/schema.prisma', 'node_modules/prisma/package.json']
  const stamp = inputs.reduce((h, f) => h.update(readFileSync(join(root, f))), createHash('sha256')).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const made = spawnSync(node, [join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    encoding: 'utf8',
    // Generating needs no schema engine, but Prisma downloads one unless this names a file that exists.
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: node,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  })
  if (made.status !== 0) throw new Error(`prisma generate failed:\n${made.stdout}${made.stderr}`)
  writeFileSync(stampFile, stamp)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prismaGenerate()
