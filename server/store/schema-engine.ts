import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import type pg from 'pg'
import { once } from './once.ts'

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
  const bindings = await once('schema-engine', loadBindings)
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

/** Once a process: the bindings are a singleton, and a second instance under them breaks the first. */
async function loadBindings() {
  // Where the engine leaves its last words; without it a panic hides behind a TypeError.
  const words = { message: '', set_message: (message: string) => console.error(message) }
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: words })
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const module = await WebAssembly.compile(await readFile(path.replace(/\.js$/, '.wasm')))
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return bindings
}

class WholeScripts extends PrismaPg {
  readonly #open: SqlDriverAdapter[] = []

  override async connect() {
    const adapter = wholeScripts(await super.connect())
    this.#open.push(adapter)
    return adapter
  }

  override async connectToShadowDb() {
    return wholeScripts(await super.connectToShadowDb())
  }

  /** The engine leaves its connections open. */
  async dispose() {
    await Promise.all(this.#open.map(adapter => adapter.dispose()))
  }
}

const catalogueChar = 18
const text = 25

/**
 * Two things that the adapter does not do for the engine: it cuts scripts at every semicolon, also within functions and
 * comments, and it does not know the type "char", which the catalogue is full of.
 */
function wholeScripts(adapter: Awaited<ReturnType<PrismaPg['connect']>>) {
  adapter.executeScript = async script => {
    await adapter.executeRaw({ sql: script, args: [], argTypes: [] })
  }
  const chars = new WeakMap<object, number[]>()
  const pool = adapter.underlyingDriver()
  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>
  const queryRaw = adapter.queryRaw.bind(adapter)
  Object.assign(pool, {
    query: async (config: pg.QueryConfig) => {
      const result = await query(config)
      for (const [i, field] of (result.fields ?? []).entries()) {
        if (field.dataTypeID !== catalogueChar) continue
        field.dataTypeID = text
        chars.set(result.rows, [...(chars.get(result.rows) ?? []), i])
      }
      return result
    },
  })
  adapter.queryRaw = async asked => {
    const answer = await queryRaw(asked)
    for (const i of chars.get(answer.rows) ?? []) answer.columnTypes[i] = ColumnTypeEnum.Character
    return answer
  }
  return adapter
}
