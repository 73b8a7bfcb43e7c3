import { writeSync } from 'node:fs'

/** The few lines that Trackside says: to stderr, never into a broken pipe, each warning once. */
const said = new Set<string>()
let silent = /^(1|true|yes|on)$/i.test(process.env.TRACKSIDE_SILENT ?? '')

export function beSilent(value: boolean): void {
  silent = value
}

export function say(text: string): void {
  if (silent) return
  try {
    writeSync(2, `trackside: ${text}\n`)
  } catch {
    // a closed stderr must not reach the training
  }
}

export function sayOnce(text: string, about = text): void {
  if (said.has(about)) return
  said.add(about)
  say(text)
}
