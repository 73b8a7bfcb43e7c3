import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { build } from 'esbuild'

/** dist/: the package as it is published, protocol/ bundled in, socket.io-client beside it. */
process.chdir(import.meta.dirname)
rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: ['src/index.ts', 'src/agent-main.ts', 'src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['socket.io-client'],
})
chmodSync('dist/cli.js', 0o755)
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
process.exitCode = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json'], { stdio: 'inherit' }).status ?? 1
