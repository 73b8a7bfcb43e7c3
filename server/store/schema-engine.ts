import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'

export const everything = { externalTables: [], externalEnums: [] }

/**
 * Prisma's own schema engine as WebAssembly: the binary that its tools download is not needed.
 * `schema` is the text of schema.prisma where the work needs it.
 */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
  schema?: string,
): Promise<T> {
  const bindings = await loadBindings()
  const datamodels: [string, string][] | undefined = schema === undefined ? undefined : [['schema.prisma', schema]]
  const adapter = new WholeScripts({ connectionString: url })
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
  try {
    return await work(engine)
  } finally {
    engine.free()
    await adapter.dispose()
  }
}

async function loadBindings() {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const module = await WebAssembly.compile(await readFile(path.replace(/\.js$/, '.wasm')))
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return bindings
}

/** The adapter cuts scripts at every semicolon, also within functions and comments; the server itself knows better. */
class WholeScripts extends PrismaPg {
  readonly #open: SqlDriverAdapter[] = []

  override async connect() {
    const adapter = await super.connect()
    adapter.executeScript = async script => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
    }
    this.#open.push(adapter)
    return adapter
  }

  /** The engine leaves its connections open. */
  async dispose() {
    await Promise.all(this.#open.map(adapter => adapter.dispose()))
  }
}
