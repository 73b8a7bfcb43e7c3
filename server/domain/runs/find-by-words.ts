import { z } from 'zod'
import type { Tx } from '../../store/postgres.ts'

const WORDS_MAX = 16

/** What is typed into a filter, as its words in lower case. */
export const filterWords = z
  .string()
  .max(500)
  .transform(text => text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, WORDS_MAX))

type Sought = { projectId: string; words: readonly string[]; below: bigint | null; most: number }

/** The newest runs of a project of whose words each is in the name, the id or a tag, or begins the state. */
export async function findByWords({ sql }: Tx, { projectId, words, below, most }: Sought): Promise<bigint[]> {
  const { rows } = await sql.query<{ run: string }>(
    `SELECT run FROM run
     WHERE project_id = $1 AND deleted_at IS NULL AND ($3::bigint IS NULL OR run < $3)
       AND NOT EXISTS (
         SELECT FROM unnest($2::text[]) AS word
         WHERE strpos(lower(name), word) = 0 AND strpos(lower(id), word) = 0
           AND strpos(lower(array_to_string(tags, E'\\n')), word) = 0 AND NOT starts_with(state::text, word))
     ORDER BY run DESC LIMIT $4`,
    [projectId, words, below, most],
  )
  return rows.map(({ run }) => BigInt(run))
}
