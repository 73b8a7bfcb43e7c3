import { readdirSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { type Copy, DockerfileParser, type From } from 'dockerfile-ast'

export interface Step {
  keyword: string
  /** All that stands behind the keyword, continued lines joined. */
  text: string
  /** The same in words; of a JSON array, its strings. */
  words: string[]
  flags: Record<string, string>
}

export interface Stage {
  name: string
  image: string
  steps: Step[]
}

const root = new URL('../../', import.meta.url).pathname

export function readDockerfile(): Stage[] {
  const stages: Stage[] = []
  for (const instruction of DockerfileParser.parse(readFileSync(join(root, 'Dockerfile'), 'utf8')).getInstructions()) {
    const keyword = instruction.getKeyword()
    if (keyword === 'FROM') {
      const from = instruction as From
      stages.push({ name: from.getBuildStage() ?? String(stages.length), image: from.getImage() ?? '', steps: [] })
      continue
    }
    const flags = keyword === 'COPY' || keyword === 'HEALTHCHECK' ? (instruction as Copy).getFlags() : []
    const text = instruction.getArgumentsContent()?.replace(/\\\n\s*/g, ' ') ?? ''
    stages.at(-1)?.steps.push({
      keyword,
      text,
      words: /^(CMD )?\[/.test(text) ? JSON.parse(text.replace('CMD ', '')) : text.split(/\s+/),
      flags: Object.fromEntries(flags.map(flag => [flag.getName(), flag.getValue() ?? ''])),
    })
  }
  return stages
}

/** The files that `docker build .` sends: all of the folder but what .dockerignore names. */
export function buildContext(folder = root): string[] {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter(line => line && !line.startsWith('#'))
  const within = (parent: string): string[] =>
    readdirSync(join(folder, parent), { withFileTypes: true }).flatMap(entry => {
      const path = join(parent, entry.name)
      if (ignored.some(pattern => matchesGlob(path, pattern))) return []
      return entry.isDirectory() ? within(path) : [path]
    })
  return within('')
}
