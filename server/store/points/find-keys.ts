import { invalid } from '../../errors.ts'
import type { Tx } from '../postgres.ts'

export interface KeysPage {
  runs: number[]
  keys?: string[] | undefined
  search?: { text: string } | { regex: string } | undefined
  after?: string | undefined
  limit: number
}

/** An expression that takes longer is refused. */
const SEARCH_MS = 2_000

/** Names of keys, in the order of their bytes: one page of those that the search finds. */
export async function findKeys({ sql }: Tx, { runs, keys, search, after, limit }: KeysPage): Promise<string[]> {
  const text = search && 'text' in search ? search.text.toLowerCase() : null
  const regex = search && 'regex' in search ? search.regex : null
  await sql.query(`SET LOCAL statement_timeout = ${SEARCH_MS}`)
  try {
    const { rows } = await sql.query<{ key: string }>(
      `SELECT DISTINCT key COLLATE "C" AS key FROM metric_series
       WHERE run = ANY ($1::bigint[]) AND ($2::text[] IS NULL OR key = ANY ($2)) AND ($3::text IS NULL OR position($3 IN lower(key)) > 0)
         AND ($4::text IS NULL OR key ~ $4) AND ($5::text IS NULL OR key COLLATE "C" > $5)
       ORDER BY 1 LIMIT $6`,
      [runs, keys ?? null, text, regex, after ?? null, limit],
    )
    return rows.map(({ key }) => key)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '2201B') throw invalid('This is not a regular expression')
    if (code === '57014') throw invalid('This search takes too long')
    throw error
  }
}
