import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from '../set-up.mjs'
import { type Outcome, tool } from './command.ts'
import { deadPlant, importPlants, lintPlants, type Plant, typePlant } from './plants.ts'
import { copyTree, isModule, listedFiles, presentWings } from './tree.ts'

interface Cruise {
  modules: { source: string }[]
  summary: { violations: { rule: { name: string }; from: string }[] }
}

/**
 * A rule that reads nothing passes everything. So the tree is copied aside, one violation of each rule is planted, and
 * each has to be caught by the very tool and settings that check the tree.
 */
export async function plantedViolations(): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-planted-'))
  try {
    copyTree(folder)
    for (const plant of [...importPlants, ...lintPlants, typePlant, deadPlant]) put(plant, folder)
    const missed = [
      ...(await missedImports(folder)),
      ...(await missedLints(folder)),
      ...(await missedBy('knip', [], [deadPlant], folder)),
      ...(await missedBy('tsc', ['--noEmit', '--incremental', 'false'], [typePlant], folder)),
    ]
    return { ok: missed.length === 0, output: missed.join('\n') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function put({ files }: Plant, folder: string) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const guilty = ({ files }: Plant) => Object.keys(files)[0] ?? ''

async function missedImports(folder: string): Promise<string[]> {
  const { stdout } = await tool(
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...presentWings(folder)],
    folder,
  )
  const { modules, summary } = JSON.parse(stdout) as Cruise
  const read = new Set(modules.map(module => module.source))
  const unread = listedFiles().filter(path => isModule(path) && !read.has(path))
  const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string }[]
  }
  const without = forbidden.filter(({ name }) => !importPlants.some(plant => plant.rule === name))
  const caught = (plant: Plant) =>
    summary.violations.some(({ rule, from }) => rule.name === plant.rule && Object.hasOwn(plant.files, from))
  return [
    ...unread.map(path => `dependency-cruiser did not read ${path}`),
    ...without.map(({ name }) => `no violation is planted for the rule ${name}`),
    ...importPlants.filter(plant => !caught(plant)).map(plant => `${plant.rule} did not see ${guilty(plant)}`),
  ]
}

async function missedLints(folder: string): Promise<string[]> {
  const files = lintPlants.map(guilty)
  const { stdout } = await tool(
    'biome',
    ['ci', '--vcs-enabled=false', '--max-diagnostics=200', '--reporter=json', ...files],
    folder,
  )
  const { diagnostics } = JSON.parse(stripVTControlCharacters(stdout)) as {
    diagnostics: { category: string; location?: { path?: string | { file: string } } }[]
  }
  const seen = diagnostics.map(({ category, location }) => `${category} ${JSON.stringify(location?.path)}`)
  return lintPlants
    .filter(plant => !seen.some(line => line.startsWith(plant.rule) && line.includes(guilty(plant))))
    .map(plant => `${plant.rule} did not see ${guilty(plant)}`)
}

async function missedBy(name: 'knip' | 'tsc', args: string[], plants: Plant[], folder: string): Promise<string[]> {
  const { output } = await tool(name, args, folder)
  return plants
    .filter(plant => !output.includes(guilty(plant)) || !output.includes(plant.rule))
    .map(plant => `${name} did not see ${guilty(plant)}`)
}
