import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { buildContext, readDockerfile, type Stage, type Step } from './dockerfile.ts'

const root = new URL('../../', import.meta.url).pathname

/** What came of the last stage: how a container engine would run it. */
export interface Image {
  cwd: string
  env: Record<string, string>
  user: number
  /** Where the image has this folder of its own, e.g. `/data`. */
  place(path: string): string
  command: string[]
  healthcheck: string[]
}

/**
 * Follows the Dockerfile without a container engine: each stage is a folder, and the absolute paths that the file names
 * (WORKDIR, VOLUME) lie inside it. Not covered: the base image and its C library; programs come from this machine.
 */
export function followDockerfile(folder: string, say: (line: string) => void): Image {
  const stages = readDockerfile()
  const paths = stages.flatMap(stage => stage.steps.filter(step => /^(WORKDIR|VOLUME)$/.test(step.keyword)))
  const absolute = new RegExp(
    `(?<![\\w.:/-])(${[...new Set(paths.map(step => step.text))].join('|')})(?=$|[\\s/"'])`,
    'g',
  )
  mkdirSync(join(folder, 'bin'), { recursive: true })
  cpSync(process.execPath, join(folder, 'bin/node'))
  let image: Image | undefined
  for (const stage of stages)
    image = followStage(stage, folder, text => text.replace(absolute, `${folder}/${stage.name}$1`), say)
  if (!image) throw new Error('The Dockerfile has no stage.')
  return image
}

function followStage(
  { name, steps }: Stage,
  folder: string,
  within: (text: string) => string,
  say: (line: string) => void,
): Image {
  const path = [
    join(folder, 'bin'),
    ...(process.env.PATH ?? '').split(':').filter(one => !one.includes('node_modules')),
  ].join(':')
  const image: Image = {
    cwd: join(folder, name),
    env: { PATH: path },
    user: 0,
    place: within,
    command: [],
    healthcheck: [],
  }
  for (const step of steps) {
    say(`${step.keyword} ${step.text}`)
    const words = step.words.map(within)
    if (step.keyword === 'WORKDIR') image.cwd = workdir(within(step.text))
    else if (step.keyword === 'ENV') Object.assign(image.env, Object.fromEntries(words.map(word => word.split('='))))
    else if (step.keyword === 'COPY') copy(step, image.cwd, folder)
    else if (step.keyword === 'RUN') shell(within(step.text), image.cwd, { ...machine(), ...image.env })
    else if (step.keyword === 'USER') image.user = Number(step.text.split(':')[0])
    else if (step.keyword === 'CMD') image.command = words
    else if (step.keyword === 'HEALTHCHECK') image.healthcheck = words
    else if (!['VOLUME', 'EXPOSE'].includes(step.keyword)) throw new Error(`${step.keyword}: not followed here`)
  }
  return image
}

function workdir(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}

function copy({ words, flags }: Step, cwd: string, folder: string) {
  const sources = words.slice(0, -1)
  const target = resolve(cwd, words.at(-1) ?? '.')
  for (const source of sources) {
    if (flags.from) cpSync(join(folder, flags.from, source), target, { recursive: true, verbatimSymlinks: true })
    else for (const file of source === '.' ? buildContext() : [source]) place(join(root, file), join(target, file))
  }
}

function place(from: string, to: string) {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to)
  chmodSync(to, 0o644)
}

/** Of this machine only what an installation needs: home and registry, nothing of the server that may run here. */
function machine(): Record<string, string> {
  const wanted = Object.entries(process.env).filter(([name]) =>
    /^(HOME|TMPDIR|LANG|.*_proxy|NODE_EXTRA_CA_CERTS)$/i.test(name),
  )
  return Object.fromEntries(wanted) as Record<string, string>
}

function shell(command: string, cwd: string, env: NodeJS.Dict<string>) {
  const words = { cwd, env: env as NodeJS.ProcessEnv }
  const { status } = spawnSync('/bin/sh', ['-c', command], { ...words, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`ended with ${status}: ${command}`)
}
