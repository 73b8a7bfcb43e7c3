import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from '../../prisma/generated/client.ts'

/** Plain SQL on the transaction's own connection. */
export interface Sql {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string | pg.QueryConfig,
    params?: unknown[],
  ): Promise<pg.QueryResult<Row>>
  query(own: pg.Submittable): pg.Submittable
}

/** One open transaction, in both tongues; what one does the other sees. */
export interface Tx {
  prisma: Prisma.TransactionClient
  sql: Sql
}

export interface TxOptions {
  /** One picture of the database for all reads of the transaction. */
  repeatableRead?: boolean
  /** The picture that another open transaction shows, by the name under which it exported it (pg_export_snapshot). */
  snapshot?: string
  timeoutMs?: number
}

type Work<T> = (tx: Tx) => Promise<T>

/** The only ways to the data. A transaction is never held while rendering or waiting. */
export interface Database {
  /** For a worker thread, which opens its own. */
  readonly urls: { app: string; owner: string }
  /** As trackside_app, within these workspaces. */
  inWorkspace<T>(workspaceIds: string | readonly string[], work: Work<T>, options?: TxOptions): Promise<T>
  /** As trackside_app, within no workspace: users, sessions, whose key this is, which workspace has this slug. */
  asIdentity<T>(work: Work<T>, options?: TxOptions): Promise<T>
  /** The rows of one statement, as the same: a transaction of its own, in one round trip where `asIdentity` takes three. */
  queryIdentity<Row extends pg.QueryResultRow>(text: string, params: unknown[]): Promise<Row[]>
  /** As trackside_owner, across all workspaces: background jobs and the administrator's commands. */
  acrossWorkspaces<T>(work: Work<T>, options?: TxOptions): Promise<T>
  close(): Promise<void>
}

interface Scope {
  /** Undefined: one statement, which needs none. */
  begin?: string
  sql?: pg.PoolClient
}

const outside = 'The database is reached only inside inWorkspace, asIdentity or acrossWorkspaces'

/** Opens each connection's transaction with the scope's words instead of Prisma's bare BEGIN: one round trip, not two. */
class ScopedPool extends pg.Pool {
  readonly #scopes: AsyncLocalStorage<Scope>

  constructor(config: pg.PoolConfig, scopes: AsyncLocalStorage<Scope>) {
    super(config)
    this.#scopes = scopes
    this.on('error', () => {}) // an idle connection that breaks is replaced at its next use
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override async connect(): Promise<pg.PoolClient> {
    const scope = this.#scopes.getStore()
    if (!scope) throw new Error(outside)
    const client = await super.connect()
    const { begin } = scope
    if (begin === undefined) return client
    const query = client.query.bind(client) as (config: pg.QueryConfig) => Promise<pg.QueryResult>
    const first = (config: pg.QueryConfig) => {
      Reflect.deleteProperty(client, 'query')
      return query({ ...config, text: begin })
    }
    Object.assign(client, { query: first })
    scope.sql = client
    return client
  }
}

function openAs(connectionString: string, max: number) {
  const scopes = new AsyncLocalStorage<Scope>()
  const pool = new ScopedPool({ connectionString, max, idleTimeoutMillis: 30_000, allowExitOnIdle: true }, scopes)
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) })

  function transact<T>(workspaceIds: readonly string[], work: Work<T>, options: TxOptions = {}): Promise<T> {
    const { repeatableRead, snapshot } = options
    const isolation = repeatableRead || snapshot ? ' ISOLATION LEVEL REPEATABLE READ' : ''
    const picture = snapshot ? `; SET TRANSACTION SNAPSHOT ${pg.escapeLiteral(snapshot)}` : ''
    const workspaces = pg.escapeLiteral(workspaceIds.join(','))
    const scope: Scope = {
      begin: `BEGIN${isolation}${picture}; SELECT set_config('app.workspaces', ${workspaces}, true)`,
    }
    return scopes.run(scope, () =>
      prisma.$transaction(tx => work({ prisma: tx, sql: scope.sql as Sql }), {
        maxWait: 10_000,
        timeout: options.timeoutMs ?? 30_000,
      }),
    )
  }

  function query<Row extends pg.QueryResultRow>(text: string, params: unknown[]): Promise<Row[]> {
    return scopes.run({}, async () => {
      const client = await pool.connect()
      try {
        return (await client.query<Row>(text, params)).rows
      } finally {
        client.release()
      }
    })
  }
  return { transact, query, close: () => prisma.$disconnect() }
}

export function openDatabase(urls: { app: string; owner: string }): Database {
  const app = openAs(urls.app, 16)
  const owner = openAs(urls.owner, 4)
  return {
    urls,
    inWorkspace: (ids, work, options) => app.transact(typeof ids === 'string' ? [ids] : ids, work, options),
    asIdentity: (work, options) => app.transact([], work, options),
    queryIdentity: app.query,
    acrossWorkspaces: (work, options) => owner.transact([], work, options),
    close: async () => {
      await Promise.all([app.close(), owner.close()])
    },
  }
}
