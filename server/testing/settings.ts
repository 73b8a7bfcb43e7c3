import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings, type Settings } from '../settings.ts'

/** Settings of a server of a test's own: a port that is free, data in a folder of its own, a quiet log. */
export function testSettings(variables: Record<string, string> = {}): Settings {
  return readSettings({
    PORT: '0',
    TRACKSIDE_LOG_LEVEL: 'silent',
    TRACKSIDE_DATA_DIR: mkdtempSync(join(tmpdir(), 'trackside-test-')),
    ...variables,
  })
}
