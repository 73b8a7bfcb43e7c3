import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { initialise } from './initialise.ts'
import { launch } from './launch.ts'
import { chooseRunner } from './runner.ts'

test('a killed database starts again where its process id has gone to another process', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'trackside-leftover-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const runner = chooseRunner(dataDir, () => {})
  const start = () => launch(runner, join(dataDir, 'postgres.log'), [0, 0, 0, 0])
  initialise(runner, 'a password')
  const killed = await start()
  process.kill(killed.pid, 'SIGKILL')
  await killed.ended

  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void stranger.kill())
  const file = join(runner.data, 'postmaster.pid')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)))

  const again = await start()
  expect(again.pid).not.toBe(stranger.pid)
  await again.stop()
  expect(stranger.exitCode).toBeNull()
})
