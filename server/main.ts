import { onSignals } from './on-signals.ts'
import { readSettings } from './settings.ts'
import { startServer } from './start-server.ts'

// `node --watch` would have worker threads tell it what they import, among their own messages.
Reflect.deleteProperty(process.env, 'WATCH_REPORT_DEPENDENCIES')

const fail = (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

try {
  const pages = process.argv.includes('--dev') ? 'development' : 'built'
  const starting = startServer(readSettings(), { pages })

  let leaving = false
  const leave = async (reason: string, exitCode: number) => {
    if (leaving) return
    leaving = true
    // A signal that comes while the server starts waits for the start: half a start cannot be undone in order.
    const running = await starting
    running.house.log.info(`stopping: ${reason}`)
    await running.stop()
    process.exit(exitCode)
  }
  onSignals(signal => leave(signal, 0).catch(fail))
  process.on('uncaughtException', error => {
    console.error(error)
    leave('an error that nothing caught', 1).catch(fail)
  })

  const { house, url } = await starting
  house.log.info(`Trackside is at ${url}`)
  process.send?.({ url })
} catch (error) {
  fail(error)
}
