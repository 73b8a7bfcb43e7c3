// Development aid: prints the SQL that takes the migrations to prisma/schema.prisma.
// `node scripts/migrate-diff.ts` starts a PostgreSQL of its own, in a temporary folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../server/store/embedded/index.ts'
import { prepareEmbedded } from '../server/store/roles.ts'
import { schemaDrift } from '../server/testing/schema-drift.ts'

const folder = mkdtempSync(join(tmpdir(), 'trackside-diff-'))
const cluster = await startEmbedded(folder)
try {
  await prepareEmbedded(cluster.url, 'only for this diff')
  console.log((await schemaDrift(cluster.url)) || '-- nothing: the migrations and schema.prisma agree')
} finally {
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
}
