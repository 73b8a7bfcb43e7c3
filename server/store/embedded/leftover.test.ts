import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startEmbedded } from './index.ts'

test('a killed database starts again where its process id has gone to another process', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'trackside-leftover-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const killed = await startEmbedded(dataDir)
  process.kill(killed.pid, 'SIGKILL')
  await killed.ended

  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void stranger.kill())
  const file = join(dataDir, 'postgres/postmaster.pid')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)))

  const again = await startEmbedded(dataDir)
  expect(again.pid).not.toBe(stranger.pid)
  await again.stop()
  expect(stranger.exitCode).toBeNull()
})
