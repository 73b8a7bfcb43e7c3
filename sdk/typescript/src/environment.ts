import { existsSync, readFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, hostname, release, totalmem, type, userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { gitState } from './git.ts'
import { gpuDevices } from './gpu.ts'
import { redactArguments, redactVariables } from './redact.ts'
import type { Run } from './run.ts'

/** What the run ran in: git, argv, packages, system, processors, scheduler, journaled as `env`. */

const SCHEDULER =
  /^(SLURM_|PBS_|LSB_|SGE_|JOB_ID|RANK|LOCAL_RANK|WORLD_SIZE|LOCAL_WORLD_SIZE|NODE_RANK|MASTER_ADDR|MASTER_PORT|OMPI_COMM_WORLD_|PMI_|RAY_|KUBERNETES_SERVICE_HOST|HOSTNAME|CUDA_VISIBLE_DEVICES|SM_|AWS_BATCH_)/

/**
 * Journals at once what costs nothing, for a loop that never lets go of the event loop; and the whole record when git and the
 * drivers have answered.
 */
export async function captureLater(run: Run): Promise<void> {
  const cwd = process.cwd()
  const quick = capture(cwd)
  run.tell({ k: 'env', ...quick })
  const [git, gpu] = await Promise.all([gitState(cwd).catch(() => null), gpuDevices().catch(() => null)])
  if (git || gpu) run.tell({ k: 'env', ...quick, ...(gpu ? { gpu } : {}), ...(git ? { git } : {}) })
}

function capture(cwd: string): Record<string, unknown> {
  const parts: Record<string, () => unknown> = {
    argv: () => redactArguments([...process.execArgv, ...process.argv].map(String)),
    program: () => (process.argv[1] ? basename(process.argv[1]) : null),
    cwd: () => cwd,
    host: hostname,
    user: () => userInfo().username,
    node: () => ({ version: process.versions.node, v8: process.versions.v8, executable: process.execPath }),
    os: () => ({ system: type(), release: release(), machine: arch(), ...distribution() }),
    cpu: () => ({ count: cpus().length, usable: availableParallelism(), model: cpus()[0]?.model }),
    memory: totalmem,
    container,
    scheduler: () =>
      redactVariables(Object.fromEntries(Object.entries(process.env).filter(([name]) => SCHEDULER.test(name)))),
    packages: () => packages(cwd),
  }
  const record: Record<string, unknown> = {}
  for (const [name, find] of Object.entries(parts)) {
    try {
      const value = find()
      if (value && (typeof value !== 'object' || Object.keys(value).length > 0)) record[name] = value
    } catch {
      // a part that cannot be had is left out
    }
  }
  return record
}

function distribution(): { distribution?: string } {
  if (!existsSync('/etc/os-release')) return {}
  const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
  return name ? { distribution: name } : {}
}

function container(): string | null {
  if (existsSync('/.dockerenv')) return 'docker'
  if (existsSync('/run/.containerenv')) return 'podman'
  if (process.env.KUBERNETES_SERVICE_HOST) return 'kubernetes'
  return process.env.APPTAINER_CONTAINER || process.env.SINGULARITY_CONTAINER ? 'apptainer' : null
}

/** The program's own dependencies and their installed versions: those of the nearest package.json. */
function packages(cwd: string): Record<string, string> {
  let folder = process.argv[1] ? dirname(process.argv[1]) : cwd
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const found: Record<string, string> = {}
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).toSorted()) {
    try {
      found[name] = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version
    } catch {
      // not installed here
    }
  }
  return found
}
