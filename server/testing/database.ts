import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type Embedded, startEmbedded } from '../store/embedded/index.ts'
import { migrate } from '../store/migrate.ts'
import { prepareEmbedded } from '../store/roles.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { admin: string; secret: string; template: string }
  }
}

const secret = 'the secret of the tests: long enough'
const template = 'trackside_template'

/** One PostgreSQL for the whole run, one migrated template; each worker copies it (see test-db.ts). */
export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-test-'))
  let cluster: Embedded | undefined
  const end = async () => {
    await cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    cluster = await startEmbedded(folder)
    const urls = await prepareEmbedded(cluster.url, secret, template)
    await migrate(urls.owner)
    const client = new pg.Client({ connectionString: cluster.url })
    await client.connect()
    await client.query(`ALTER DATABASE ${template} WITH ALLOW_CONNECTIONS false`)
    await client.end()
    project.provide('cluster', { admin: cluster.url, secret, template })
    return end
  } catch (error) {
    await end()
    throw error
  }
}
