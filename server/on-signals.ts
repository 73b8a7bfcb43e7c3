/** Calls `leave` when somebody wants this process to end. */
export function onSignals(leave: (signal: string) => void): void {
  // A terminal that was closed takes no words, and telling of that would fail again, for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(signal))
}
