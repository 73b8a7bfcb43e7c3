import { benchIngest } from './ingest/index.ts'
import { benchLatency } from './latency/index.ts'

/** `npm run bench -- <name>`: each folder here is one benchmark. */
const benchmarks: Record<string, (options: string[]) => Promise<void>> = { ingest: benchIngest, latency: benchLatency }

const [wanted = '', ...options] = process.argv.slice(2)
const bench = benchmarks[wanted]
if (!bench) {
  console.error(`Say one of: ${Object.keys(benchmarks).join(', ')}`)
  process.exit(1)
}
await bench(options)
