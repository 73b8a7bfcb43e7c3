import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../set-up.mjs'

/** Folders that hold code of ours. */
const wings = ['app', 'ui', 'series', 'protocol', 'server', 'sdk/typescript', 'e2e', 'bench', 'scripts'] as const

export const presentWings = (folder = root) => wings.filter(wing => existsSync(join(folder, wing)))

/** What git tracks, and what it would track: new files are checked too. */
export function listedFiles(): string[] {
  const words = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const listed = execFileSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000 })
  return listed.split('\0').filter(path => path !== '' && existsSync(join(root, path)))
}

export function isModule(path: string): boolean {
  return wings.some(wing => path.startsWith(`${wing}/`)) && /[.]tsx?$/.test(path) && !/[.]d[.]m?ts$/.test(path)
}

/** The listed files and what was generated, in another folder. */
export function copyTree(to: string): void {
  for (const path of listedFiles()) {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    cpSync(join(root, path), join(to, path))
  }
  cpSync(join(root, 'prisma/generated'), join(to, 'prisma/generated'), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'))
}
