// Administration: `npm run trackside -- <command>`. Works beside the running server and without one.
import { parseArgs } from 'node:util'
import { commands } from './commands.ts'
import { withDatabase } from './with-database.ts'

const names = ['email', 'name', 'password', 'workspace', 'scope', 'days', 'id'] as const
const text = { type: 'string' } as const

function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, { usage, does }]) => `  ${`${name} ${usage}`.trim()}\n      ${does}`,
  )
  return `npm run trackside -- COMMAND [--json]\n\n${lines.join('\n')}`
}

function show(answer: object, json: boolean): string {
  if (json) return JSON.stringify(answer, null, 2)
  const row = (value: object) =>
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(
        ([name, inner]) =>
          `${name}: ${inner instanceof Date ? inner.toISOString() : typeof inner === 'object' ? JSON.stringify(inner) : inner}`,
      )
  return Array.isArray(answer) ? answer.map(value => row(value).join('  ')).join('\n') : row(answer).join('\n')
}

try {
  const options = {
    ...Object.fromEntries(names.map(name => [name, text])),
    compact: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const { json, help, compact, ...rest } = values as Record<string, string | undefined> &
    Partial<Record<'json' | 'help' | 'compact', boolean>>
  const given = compact ? { ...rest, compact: 'yes' } : rest
  const command = commands[positionals.join(' ')]
  if (help || !command) {
    console[help ? 'log' : 'error'](usage())
    process.exit(help ? 0 : 2)
  }
  console.log(show(await withDatabase(ctx => command.run(ctx, given)), json === true))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
