import { prepareFirstOwner } from './first-owner.ts'
import { type House, moveIn, moveOut } from './house.ts'
import { startJobs } from './jobs.ts'
import { log as processLog } from './log.ts'
import { databaseFromSettings } from './open-database.ts'
import type { PagesMode } from './pages.ts'
import { serverSecret } from './secret.ts'
import type { Settings } from './settings.ts'
import { openSockets } from './sockets.ts'
import { bus } from './store/bus.ts'
import { openWeb } from './web.ts'

export interface RunningServer {
  url: string
  house: House
  /** Where machine doors answer, ahead of the pages. */
  paths: string[]
  /** Stops taking frames, answers what was taken, closes, stops the database last. */
  stop(): Promise<void>
}

/** Everything in its order: database, migrations, doors, pages, the port, jobs. A fault on the way undoes the rest. */
export async function startServer(settings: Settings, options: { pages: PagesMode }): Promise<RunningServer> {
  const log = processLog()
  log.level = settings.TRACKSIDE_LOG_LEVEL
  const undo: [name: string, step: () => unknown][] = []
  const stop = async () => {
    for (const [name, step] of undo.splice(0).reverse()) {
      try {
        await step()
        log.debug({ stopped: name }, 'stopped')
      } catch (error) {
        log.error({ error, stopping: name }, 'a step of the shutdown failed')
      }
    }
  }
  try {
    const secret = serverSecret(settings)
    const { db, close } = await databaseFromSettings(settings, secret, log)
    undo.push(['database', close])
    let url = settings.TRACKSIDE_URL ?? ''
    const house: House = { settings, secret, db, bus: bus(), log, io: openSockets(), publicUrl: () => url }
    moveIn(house)
    undo.push(['house', moveOut])
    const web = await openWeb(house, options.pages)
    undo.push(['connections', web.close])
    const jobs = startJobs(house)
    undo.push(['jobs', jobs.stop], ['doors', web.drain])
    const address = await web.listen()
    url ||= address
    await prepareFirstOwner(house)
    return { url, house, paths: web.paths, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
