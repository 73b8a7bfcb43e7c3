import type { Run } from './run.ts'
import { say } from './say.ts'

const LOOKS_APART_MS = 1000
const LIMIT_S = 5

/**
 * A stop that somebody asked for on the run's page: the program gets SIGINT, as by Ctrl-C; where it has no handler of its own,
 * the run is finished first. Needs an event loop that is let go of now and then. Gives what ends the watch.
 */
export function heedStop(run: Run): () => void {
  const watch = setInterval(() => {
    if (!run.stopAsked) return
    clearInterval(watch)
    if (run.settings.stoppable) void interrupt(run)
  }, LOOKS_APART_MS).unref()
  return () => clearInterval(watch)
}

async function interrupt(run: Run): Promise<void> {
  say(`run ${run.id} was asked to stop on its page: this program is interrupted, as by Ctrl-C`)
  if (process.listenerCount('SIGINT') === 0) await run.finish({ exitCode: 130, timeout: LIMIT_S }).catch(() => {})
  process.kill(process.pid, 'SIGINT')
}
