import type { Log } from './log.ts'
import type { Settings } from './settings.ts'
import { requireDurability } from './store/durability.ts'
import { type Embedded, startEmbedded } from './store/embedded/index.ts'
import { migrate } from './store/migrate.ts'
import { type Database, openDatabase } from './store/postgres.ts'
import { prepareEmbedded, prepareExternal } from './store/roles.ts'

export interface OpenedDatabase {
  db: Database
  close(): Promise<void>
}

/** The database as the settings have it, migrated: our own beside the server, or somebody else's. */
export async function databaseFromSettings(settings: Settings, secret: string, log: Log): Promise<OpenedDatabase> {
  let embedded: Embedded | undefined
  try {
    const urls = settings.DATABASE_URL
      ? await prepareExternal(settings.DATABASE_URL, secret)
      : await (async () => {
          embedded = await startEmbedded(settings.TRACKSIDE_DATA_DIR, line => log.info(line))
          return prepareEmbedded(embedded.url, secret)
        })()
    await requireDurability(urls.app)
    for (const name of await migrate(urls.owner)) log.info({ migration: name }, 'migrated')
    const db = openDatabase(urls)
    return {
      db,
      async close() {
        await db.close()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
