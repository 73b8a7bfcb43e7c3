import type { Run } from './run.ts'

/** However the program ends, the runs it left open are finished, in at most 5 seconds, and its exit code stays as it is. */
const LIMIT_S = 5
const open = new Set<Run>()
let installed = false

/** The hooks come with the first run, never with the import. */
export function rememberOpen(run: Run): void {
  open.add(run)
  if (installed) return
  installed = true
  process.on('beforeExit', finishAll)
  process.on('exit', code => withinLimit((one, left) => one.finishBlocking(code, left)))
  if (process.listenerCount('SIGTERM') === 0) process.once('SIGTERM', onSigterm) // a user's own handler stays alone
}

export function forgetOpen(run: Run): void {
  open.delete(run)
}

/** The event loop is empty: promises are still waited for. */
async function finishAll(code: number): Promise<void> {
  await Promise.all([...open].map(run => run.finish({ exitCode: code, timeout: LIMIT_S })))
}

/** Stands in for the default: says what happened, waits for the acks, and then lets the signal do its work. */
function onSigterm(): void {
  withinLimit((run, left) => run.partBlocking(15, left))
  open.clear()
  process.kill(process.pid, 'SIGTERM')
}

function withinLimit(part: (run: Run, secondsLeft: number) => void): void {
  const end = performance.now() + 1000 * LIMIT_S
  for (const run of open) part(run, Math.max(0, (end - performance.now()) / 1000))
}
