// The one entry of all commands: `npm run demo` and its sisters. Plain JavaScript, because it runs on whatever Node is
// there (20 or newer) before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root, setUp } from './set-up.mjs'

const commands = {
  demo: { script: 'scripts/demo/index.ts', needs: 'pages', production: true },
  start: { script: 'server/main.ts', needs: 'pages', production: true },
  dev: {
    script: 'server/main.ts',
    needs: 'client',
    flags: ['--watch-path=server', '--watch-path=protocol'],
    args: ['--dev'],
  },
  test: { script: 'scripts/test/index.ts', needs: 'pages' },
  verify: { script: 'scripts/verify/index.ts', needs: 'client' },
  bench: { script: 'bench/index.ts', needs: 'pages' },
  faults: { script: 'scripts/faults/index.ts', needs: 'pages' },
  admin: { script: 'scripts/admin/index.ts', needs: 'client' },
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** `--port 4000 --data DIR` (or `--port=4000`) become variables; what is left goes to the command. */
function takeOptions(args) {
  const variables = {}
  const rest = []
  const names = { '--port': 'PORT', '--data': 'TRACKSIDE_DATA_DIR', '--host': 'HOST' }
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = args[i].split(/=(.*)/s)
    if (!names[name]) {
      rest.push(args[i])
      continue
    }
    const value = inline ?? args[++i]
    if (!value) fail(`${name} needs a value`)
    variables[names[name]] = value
  }
  return { variables, rest }
}

function run(node, command, variables, rest) {
  const { script, flags = [], args = [], production } = command
  const env = {
    ...process.env,
    ...variables,
    NEXT_TELEMETRY_DISABLED: '1',
    PATH: [dirname(realpathSync(node)), process.env.PATH].join(delimiter),
    ...(production && { NODE_ENV: 'production' }),
  }
  const child = spawn(node, [...flags, join(root, script), ...args, ...rest], { stdio: 'inherit', env, cwd: root })
  // Ctrl-C reaches the child by itself: it ends in order, and its exit code is ours.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal))
  child.on('error', error => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

const [name, ...given] = process.argv.slice(2)
const command = commands[name]
if (!command || !existsSync(join(root, command.script)))
  fail(
    `Say one of: ${Object.keys(commands)
      .filter(n => existsSync(join(root, commands[n].script)))
      .join(', ')}`,
  )
const { variables, rest } = takeOptions(given)
try {
  run(await setUp(command.needs), command, variables, rest)
} catch (error) {
  fail(error.message)
}
