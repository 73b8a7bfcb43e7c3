import { pino } from 'pino'
import { system } from '../../server/actor.ts'
import type { Ctx } from '../../server/context.ts'
import { databaseFromSettings } from '../../server/open-database.ts'
import { serverSecret } from '../../server/secret.ts'
import { readSettings } from '../../server/settings.ts'
import { runningEmbedded } from '../../server/store/embedded/running.ts'
import { openDatabase } from '../../server/store/postgres.ts'
import { prepareEmbedded } from '../../server/store/roles.ts'

/** Does `work` as the administrator: beside the running server on its database, or with the database started for it. */
export async function withDatabase<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const settings = readSettings()
  const secret = serverSecret(settings)
  const log = pino({ level: 'warn' })
  const beside = settings.DATABASE_URL ? undefined : runningEmbedded(settings.TRACKSIDE_DATA_DIR)
  const { db, close } = beside
    ? await besideServer(await prepareEmbedded(beside, secret))
    : await databaseFromSettings(settings, secret, log)
  try {
    return await work({ actor: system, requestId: 'command-line', address: '', log, db })
  } finally {
    await close()
  }
}

async function besideServer(urls: Parameters<typeof openDatabase>[0]) {
  const db = openDatabase(urls)
  return { db, close: () => db.close() }
}
